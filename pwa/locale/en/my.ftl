my-roles = Tasks given to you
my-sleeping = You have tasks that need a sign-in with your device’s key. Signed in with a password you can only read.
my-saved-hint = To read without a network
my-passkeys = Device keys
my-passkeys-count = { $count ->
    [0] No device yet
    [one] { $count } device
   *[other] { $count } devices
}
my-passkeys-lead = One key for each device: sign in with fingerprint, face or screen lock.
my-passkeys-needed = Your tasks require signing in with a device’s key.
my-passkeys-no-script = JavaScript is needed to add a key for this device.
my-passkeys-none = No device has a key yet.
my-passkey-add = Add a key for this device
my-passkey-unnamed = Device without a name
my-passkey-made = Added on { $date }
my-passkey-used = last used on { $date }
my-passkey-rename = Rename
my-passkey-name = Name of the device
my-passkey-remove = Remove the key
my-passkey-remove-sure = This device will no longer sign in with its key.
my-passkey-remove-go = Remove this device’s key
my-keep = Save
my-password = Password
my-password-set = Set
my-password-none = Not set
my-password-change = Change your password
my-password-choose = Set a password
my-password-lead = For devices without a key. Other devices will have to sign in again.
my-password-current = Current password
my-password-new = New password
my-password-hint = At least { $least } characters. A phrase you can remember is best, such as a few unrelated words.
my-password-go = Save the password
my-devices = Signed-in devices
my-devices-count = { $count ->
    [one] { $count } device
   *[other] { $count } devices
}
my-devices-lead = If you do not know a device, sign it out at once.
my-device-unknown = Unknown device
my-device-this = This device
my-device-since = Signed in on { $date }, last used on { $used }
my-device-end = Sign this device out
my-devices-end-others = Sign out all other devices
my-data = My data
my-data-hint = See, download, ask for erasure
my-data-lead = Everything the handbook holds about you, in one file.
my-data-download = Download my data
my-data-download-hint = A JSON file; any text editor opens it.
my-erasure = Asking for erasure
my-erasure-words = After erasure you can no longer sign in. What the law obliges us to keep is a number without a name.
my-erasure-ask = Ask for my data to be erased
my-erasure-sure = I understand that erasure cannot be undone.
my-erasure-go = Send the request
my-erasure-asked = You asked for erasure on { $date }. Requests are answered within 72 hours.
my-erasure-withdraw = Withdraw the request
my-consent = Consent
my-consent-hint = One thing at a time, withdrawn whenever you like
my-consent-lead = Without consent you can still read documents as usual.
my-consent-given = Given on { $date }
my-consent-not-given = Not given
my-consent-give = I agree
my-consent-withdraw = Withdraw consent
my-consent-none = There is nothing to ask you at present.
my-consent-name-on-comments = Show my name under my comments
my-consent-name-on-comments-words = Otherwise comments say “a member” with the name of your province.
my-consent-notifications = Tell me on my phone when there is something new
my-consent-notifications-words = Notifications carry no title and no text.
my-sign-out = Sign out
my-sign-out-hint = Documents saved on this device are erased too.
my-consent-membership = The handbook holds my name and my unit
my-consent-membership-words = Being a party member is sensitive data by law. It is held so that the right documents reach you.
