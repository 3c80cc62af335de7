CREATE TABLE stamped (made timestamp DEFAULT now());
CREATE TABLE letter (body text, note text) INHERITS (stamped);
CREATE TABLE parcel (weight integer) INHERITS (stamped);
