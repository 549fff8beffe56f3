# Certificates in lists of winners.
export-column-certificate = Certificate code
export-column-certificate-address = Check page of the certificate
