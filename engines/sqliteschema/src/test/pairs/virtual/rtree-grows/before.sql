CREATE VIRTUAL TABLE place USING rtree(id, x0, x1);
