desk-lead = The tasks given to you.
desk-nothing = There is nothing to do here at present.
desk-door-roster = Members
desk-door-roster-hint = Add, move, give tasks, issue activation codes
desk-door-erasures = Requests for erasure
desk-door-erasures-hint = From members of your units
