SELECT count(DISTINCT ledger) > 1 FROM bookings;
SELECT bool_and(part <= whole) AND count(DISTINCT (part, whole)) > 3 FROM portions;
