# How much waits at the desk; on an open page the numbers change by themselves.
counts-fresh-comments = { $count ->
    [one] 1 new comment – look
   *[other] { $count } new comments – look
}
counts-fresh-feedback = { $count ->
    [one] 1 new case – look
   *[other] { $count } new cases – look
}
counts-overdue = overdue
api-too-many-streams = You have too many pages open at once. Please close some of them.
