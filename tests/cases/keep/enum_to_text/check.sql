SELECT m = 'sad' AND many = '{ok}' FROM t;
