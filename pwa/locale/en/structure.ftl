# What to look at again after a document was read into parts.

structure-article-gap = The numbers of articles jump: Điều { $before } is followed by Điều { $after }.
structure-article-order = { $label } is out of order.
structure-quotation-unbalanced = The quotation marks opened on line { $line } are never closed.
structure-number-missing = The number of the document was not found.
structure-type-missing = The type of the document was not found.
structure-issuer-missing = The issuing body was not found.
structure-date-missing = The date of issue was not found.
structure-title-missing = The title of the document was not found.
structure-number-disagrees = The paper prints the number { $printed }; the file’s own facts say { $stated }.
structure-type-disagrees = The paper prints the type { $printed }; the file’s own facts say { $stated }.
structure-date-disagrees = The paper prints the date { $printed }; the file’s own facts say { $stated }.
