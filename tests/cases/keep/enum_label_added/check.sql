SELECT m = 'sad' AND many = '{sad,ok}' FROM t WHERE id = 1;
