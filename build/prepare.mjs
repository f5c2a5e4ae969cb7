// Build and stage, so that the first start only has to start.
import { bundle } from './bundle.mjs';
import { findElectron } from './electronRuntime.mjs';
import { stageDesktop } from './stageDesktop.mjs';

await bundle();
const electron = await findElectron();
if (electron !== null) stageDesktop(electron);
