SELECT sum(c300) = 600 FROM wide;
