CREATE TABLE stamped (made timestamp DEFAULT now(), note text);
CREATE TABLE letter (body text) INHERITS (stamped);
CREATE TABLE parcel (weight integer) INHERITS (stamped);
