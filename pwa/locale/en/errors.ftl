error-401-title = Please sign in
error-401-words = This page is for members who have signed in.
error-401-safe = After signing in you come back to this page.
error-403-title = You may not see this page
error-403-words = This page is only for those whose task it is.
error-403-safe = If you need it, ask the person in charge of the handbook in your unit.
error-404-title = This page was not found
error-404-words = The address may have changed, or the content is not addressed to you.
error-404-safe = You can search by the number or title of a document.
error-410-title = This is no longer here
error-410-words = The content has been taken down.
error-410-safe = You can search for other documents by number or title.
error-429-title = Please wait a moment
error-429-words = Your device has sent too many requests in a short time.
error-429-safe = Nothing is lost. Wait a moment and try again.
error-500-title = The handbook has a problem
error-500-words = The fault is with the system, not with you.
error-500-safe = What you have saved is safe. Please try again in a few minutes.
error-503-title = The handbook is not available just now
error-503-words = The system is being maintained, or very many people are using it.
error-503-safe = Documents saved on your device can still be read. Please try again in a few minutes.
error-wait = You can try again in { $seconds } seconds.
error-again = Try again
error-home = Go to the home page
error-trace = When reporting this, please read out this code: { $trace }
error-413-title = What was sent is too large
error-413-words = The words and files are more than may be sent at once, so they were not taken.
error-413-safe = Nothing was sent. Go back to the page before, leave out some files or choose smaller ones, and send again.
error-typed = What you wrote
error-typed-hint = Copy it before you leave this page, so that you need not write it again.
error-typed-one = { $of ->
    [1] The words you wrote
   *[other] The words you wrote, { $at } of { $of }
}
error-typed-copy = Copy
error-typed-copied = Copied
error-typed-failed = This device does not allow copying. Touch and hold the words, then choose Copy.
