/**
 * A station in a process of its own that dies the moment the release paper reaches the printer.
 * Arguments: data directory, settings as JSON, the release request as JSON.
 */
import { openStation } from '../../native/host.ts';
import { Settings } from '../../native/settings.ts';
import { ReleaseRequest } from '../../station/contract.ts';

const [dataDir = '', settings = '', request = ''] = process.argv.slice(2);
const station = await openStation({
  dataDir,
  settings: Settings.parse(JSON.parse(settings)),
  printer: () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  },
});
const granted = await station.desk.handlers['release.grant'](ReleaseRequest.parse(JSON.parse(request)));
// Only reached when nothing was printed.
console.error(JSON.stringify(granted));
process.exit(3);
