// Asks for the page again when something has changed. Everything works without it.
"use strict";
