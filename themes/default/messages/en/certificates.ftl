# Certificates and checking them.

certificate-valid = Valid
certificate-replaced = Replaced
certificate-revoked = Revoked

verify-title = Check a certificate
verify-lead = Enter the code shown at the bottom of the certificate beside the QR code to learn whether it is genuine and what it certifies.
verify-code = Certificate code
verify-code-hint = 12 characters, for example 7K3M-Q2XA-9F0D
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
verified-course = Course completed
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
