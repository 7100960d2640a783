import { config } from 'zod';

// Imported first by the page and by every worker that reads documents, for this effect: where it can, zod compiles
// its validators with `new Function`, and tries when a schema is made. The content security policy refuses that, as
// it should, and reports the attempt as a violation.
config({ jitless: true });
