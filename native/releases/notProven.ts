import type { CallError } from '../../station/contract.ts';
import type { NotProven } from './people.ts';

/** What a person hears whose name and PIN did not prove anything; `field` names the place on the form. */
export function notProven(why: NotProven, field: 'requestedBy' | 'approvedBy' | 'by'): CallError {
  return why === 'wait' ? { code: 'not-allowed', detail: 'wait' } : { code: 'wrong-pin', detail: field };
}
