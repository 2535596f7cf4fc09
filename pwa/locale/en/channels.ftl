# The services that bring notifications to phones, and the command line sotay push.
push-title-test = This is a test from the handbook
push-key-unusable = The key in { $file } cannot be read, or the file holds no P-256 key in PEM. Restore it from the backup; only if it is lost for good delete the file and run “sotay push keys” (every phone then has to subscribe again).

cli-push-help = Notifications to phones: the key, and a test.
cli-push-keys-help = Make the Web Push key if there is none, and print its public half.
cli-push-key-made = The key was made in { $file }. Back it up with the other keys; every server needs this same one. Restart the handbook to use it.
cli-push-key-there = There is a key in { $file } already; it was left as it is.
cli-push-key-set = The key comes from SOTAY_PUSH_KEY.
cli-push-key-public = Public key: { $public }
cli-push-test-help = Send a test to each device of a member and say what became of it.
cli-push-nothing-configured = There is no service to send notifications with. Run “sotay doctor” to see what to set.
cli-push-no-devices = { $login } has not allowed notifications on any device.
cli-push-accepted = taken by the service
cli-push-gone = the device is no more; it was removed
cli-push-later = not sent, may work later
cli-push-refused = refused
cli-push-why-key = the key is not the one the phone subscribed with, SOTAY_PUSH_SUBJECT is no real address, or the clock is wrong
cli-push-why-fault = what was sent was not understood, or too large; this is a fault of the handbook
cli-push-why-between = another machine stands between the handbook and the service; check proxy and firewall
cli-push-why-account = the Firebase account is not let in; check SOTAY_FCM_CREDENTIALS
cli-push-why-channel = this channel is not configured on this machine
cli-push-why-address = the address or keys the browser gave are not of a known service; see SOTAY_PUSH_HOSTS
cli-push-why-pause = the service asks for a pause
cli-push-why-way = the service does not answer or cannot be reached; check the way out (port 443)
cli-column-device = Device
cli-column-channel = Channel
cli-column-service = Service

cli-doctor-webpush-none = not used; on this machine notices are written to the log
cli-doctor-webpush-advice = There is no key, so nothing can be sent to browsers. Run “sotay push keys”.
cli-doctor-webpush-subject = Services do not know whom to write to. Set SOTAY_PUSH_SUBJECT (mailto:… or https://…) or SOTAY_PUBLIC_URL.
cli-doctor-webpush-open = Others on this machine can read { $file }. Run: chmod 600 { $file }
cli-doctor-webpush-fine = ready, contact: { $subject }
cli-doctor-fcm-none = not used (only needed for installed apps)
cli-doctor-fcm-fine = account { $file }
