SELECT a = '{1,NULL}' AND b = '{1,2}' AND c = '{{1,2},{3,4}}' FROM t WHERE id = 1;
