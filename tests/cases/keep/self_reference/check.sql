SELECT array_agg(id ORDER BY id) = '{1,2,3,6,7,8}' FROM node;
