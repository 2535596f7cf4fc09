// What every page runs. Pages work without it; it only shortens the way.

import { attendOutbox } from "./commenting.js";
import { watchConnection } from "./connection.js";
import { attendForms } from "./forms.js";
import { keepLibrary } from "./library/keeping.js";
import { followPreferences } from "./preferences.js";
import { readDocument } from "./reading.js";
import { tidySheets } from "./sheets.js";
import { attendNotices } from "./telling.js";

followPreferences();
tidySheets();
attendForms();
watchConnection();
readDocument();
keepLibrary();
attendOutbox();
attendNotices();
