# Issued documents: looking, correcting the audience, withdrawing.
issued-issuer = Issuer
issued-on = Date of issue
issued-unit = Unit in charge
issued-no-unit = No unit named
issued-topic = Topic
issued-here-on = In the handbook since
issued-offline = Kept on phones
issued-offline-yes = Yes, to be read without a network
issued-offline-no = No
issued-read = Open the document
issued-state-published = Current
issued-state-superseded = Superseded
issued-state-withdrawn = Withdrawn
issued-read-by-nobody = The document was withdrawn; nobody can read it any more.
issued-readdress = Correct the audience
issued-notice = How far it has been told
issued-audience-history = History of the audience
issued-added = Added:
issued-ended = Taken out:
issued-because = Reason:
issued-editions = Editions
issued-edition-on = Issued { $at }
issued-withdraw = Withdraw
issued-withdraw-words = This edition goes from the handbook and from everybody’s phone. The one before it, if any, is read again. This cannot be undone.
issued-reason = Reason
issued-withdraw-hint = Kept, so that others know later why it was withdrawn.
issued-withdraw-go = Withdraw this edition
issued-withdrawn-already = Somebody else has withdrawn this edition.
issued-reason-missing = Say why.
issued-acts = What was done
issued-times = { $count } times
issued-readdress-hint = Kept with this correction. Readers do not see it.
issued-look = Preview
issued-theirs = Somebody else just changed it to
issued-theirs-words = Below is what you chose. Look at it again; if you still want it, press Preview once more.
issued-audience-same = The audience is as it was; there is nothing to correct.
issued-preview = Preview of the correction
issued-preview-lead = Nothing has changed yet. Look closely, then confirm.
issued-lose-visitors = Visitors can no longer read it.
issued-gain-visitors = Visitors can read it too.
issued-lose = { $count ->
    [one] 1 member can no longer read it.
   *[other] { $count } members can no longer read it.
}
issued-gain = { $count ->
    [one] 1 more member can read it.
   *[other] { $count } more members can read it.
}
issued-keep = { $count ->
    [one] 1 member can read it as before.
   *[other] { $count } members can read it as before.
}
issued-before = Before the correction
issued-after = After the correction
issued-preview-hint = Phones that are open follow within a minute; those without a network follow when they have one again.
issued-readdress-go = Correct the audience

pages-done-document-readdressed = The audience is corrected.
pages-done-edition-withdrawn = Withdrawn.

act-by-system = The handbook
act-by-cli = Command line on the server
act-by-somebody = Somebody who was erased
act-other = Something else ({ $act })
act-document-publish = Issued edition { $ordinal }
act-document-withdraw = Withdrew edition { $ordinal }
act-document-audience = Corrected the audience
act-document-passage = A day came on which force or audience changes
act-document-affected = Another document changed this one
act-dossier-read = An auditor looked at this page
act-draft-begin = Began edition { $ordinal }
act-draft-join = Joined it as a later text
act-draft-write = Changed the text of edition { $ordinal }
act-draft-state = Changed the facts of edition { $ordinal }
act-draft-scan = Attached the signed paper
act-draft-discard = Discarded the draft
act-draft-unclassified = Confirmed that it holds no state secret
act-draft-submit = Handed in edition { $ordinal }
act-draft-take-back = Took it back
act-draft-return = Returned it
act-draft-approve = Approved edition { $ordinal }
act-draft-schedule = Scheduled the issue
act-draft-unschedule = Took it off the schedule
act-draft-stopped = Could not be issued at its time
