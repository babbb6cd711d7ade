/** `npm run build`: installs what is missing and builds everything. */
import { ensureBuilt, ensureInstalled, requireNode } from './workspace.mjs';

requireNode();
ensureInstalled();
await ensureBuilt({ force: true });
