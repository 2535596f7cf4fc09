# What to look at again after a document was read into parts.

structure-article-gap = The numbers of articles jump: Điều { $before } is followed by Điều { $after }.
structure-article-order = { $label } is out of order.
structure-quotation-unbalanced = The quotation marks opened on line { $line } are never closed.
structure-number-missing = The number of the document was not found.
structure-type-missing = The type of the document was not found.
structure-issuer-missing = The issuing body was not found.
structure-date-missing = The date of issue was not found.
structure-title-missing = The title of the document was not found.
structure-number-disagrees = Number: { $printed } was taken; elsewhere the file says { $stated }.
structure-type-disagrees = Type: { $printed } was taken; elsewhere the file says { $stated }.
structure-issuer-disagrees = Issuing body: { $printed } was taken; elsewhere the file says { $stated }.
structure-date-disagrees = Date of issue: { $printed } was taken; elsewhere the file says { $stated }.
structure-signer-disagrees = Signer: { $printed } was taken; elsewhere the file says { $stated }.
