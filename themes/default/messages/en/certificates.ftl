# Certificates and checking them.

certificate-valid = Valid
certificate-replaced = Replaced
certificate-revoked = Revoked

verify-title = Check a certificate
verify-lead = Enter the code shown at the bottom of the certificate beside the QR code to learn whether it is genuine and what it certifies.
verify-code = Certificate code or number
verify-code-hint = For example 7K3M-Q2XA-9F0D; you can also paste the address or the whole line. A number like IESP-2026-000123 shows the date and the state only.
verify-submit = Check
verify-missing = Enter the code of the certificate
verify-malformed = No code looks like this: a character is changed or missing. Compare it with the certificate and enter it again
verify-unknown = There is no certificate with this code. Compare it with the certificate and enter it again
verified-title = Certificate { $serial }
verified-valid-title = The certificate is genuine and valid
verified-replaced-title = The certificate was replaced by a new one
verified-revoked-title = The certificate was revoked
verified-valid-text = It was issued by the Ministry of Welfare in cooperation with the Latvian School of Public Administration.
verified-since = Since { $date }
verified-reason = Reason: { $reason }
verified-successor = See the certificate that is in force
verified-holder = Issued to
verified-course = Course
verified-hours = Volume
verified-completed = Course completed on
verified-issued = Issued
verified-serial = Number
verified-project = Project
verified-status = Status
verified-file = Fingerprint of the file (SHA-256)
verified-file-hint = If the SHA-256 value of your PDF file is exactly this, the file has not been changed.
verified-sample = This is a sample certificate made from demonstration data. It certifies no training.
verified-another = Check another certificate

# Printed on the certificate itself.
print-course-document = Certificate { $serial }: { $title }
print-course-description = { $holder }, { $title }
print-author = Ministry of Welfare of the Republic of Latvia
print-number = No. { $serial }
print-course-title = Certificate
print-sample = A sample made from demonstration data. It certifies no training.
print-course-opening = This is to certify that
print-course-achieved = has successfully completed the e-learning course
print-course-facts = { $volume }, completed on { $date }
print-course-outcomes = What the course teaches
print-check = Check this certificate
print-check-text = Scan the QR code or open
print-check-code = Code
print-qr = QR code leading to { $url }
print-issued = Issued on { $date }.
print-implementers = The programme is run by the Ministry of Welfare with the Latvian School of Public Administration.
print-project = Project “Promoting equal opportunities and non-discrimination”, No. { $number }

error-certificate-undrawn-title = The certificate’s file cannot be made yet
error-certificate-undrawn-text = Your certificate is registered, but it holds characters that our typefaces do not have. Contact the organisers of the programme and it will be issued anew.
verified-erased-title = The certificate was erased at the holder’s request
verified-erased-text = A certificate with this number was issued. Whose it was and what it certified is no longer recorded here.
certificate-erased = Erased at the holder’s request
verified-brief = A number shows the date and the state only. To see whose certificate it is, enter the code printed on it.
certificate-former-name = Issued with the name { $name }; the name has changed since.
