create domain k as text;
