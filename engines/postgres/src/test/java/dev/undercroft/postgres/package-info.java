/** PostgreSQL's answers, held against real servers of version 15 and 18. */
package dev.undercroft.postgres;
