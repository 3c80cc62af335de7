CREATE VIRTUAL TABLE place USING rtree(id, x0, x1, y0, y1);
