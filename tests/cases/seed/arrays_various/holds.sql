SELECT bool_and(array_ndims(board) = 2 AND cardinality(board) = 12 AND cardinality(places) = 8) FROM of_several_dimensions
