error-rule = This cannot be done.
error-not-found = There is nothing here, or you may not see it.
error-sign-in-required = Please sign in to see this.
error-forbidden = You do not have the right to do this.
error-conflict = This has changed, or exists already with other details. Please reload the page and check.
error-gone = This is no longer here.
error-too-many = Too many tries. Please try again in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
  }.
error-too-many-requests = Too many requests. Please wait a moment and try again.
error-unavailable = The handbook cannot serve you just now. Please try again in a few minutes.
error-invalid = Some details are not right yet. Please check them.
error-foreign-origin = This request came from another site and was refused to protect you.
error-unknown-host = This is not the address of the handbook.
error-bad-request = The request is not right. Please check it.
error-method = This address does not take that kind of request.
error-too-large = What was sent is too large.
error-too-heavy = This file needs too much memory to be read. Please divide it, or open it, save it again and send the new file.
error-too-long = Reading this file took more than { $seconds } seconds and was stopped. Please divide it, or open it, save it again and send the new file.
error-media-type = That kind of data is not accepted.
error-unforeseen = Something went wrong on our side. What you saved is safe; please try again in a few minutes.
