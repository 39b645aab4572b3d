/** Loaded before the server when npm started it. */
import { endWithParent } from './end-with-parent.mjs';

endWithParent();
