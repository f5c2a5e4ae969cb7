import type { CallError, CallInput } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { nameKey } from '../../station/nameKey.ts';
import type { Desk } from '../desk/desk.ts';
import { notProven } from './notProven.ts';
import type { People, Person } from './people.ts';

/**
 * The first person enrolled needs nobody and is a manager; every later one, and every new PIN of an old one, is
 * signed for by a manager.
 */
export async function enrolPerson(
  desk: Desk,
  people: People,
  input: CallInput<'people.enrol'>,
): Promise<Result<Record<string, never>, CallError>> {
  if (nameKey(input.name) === '') return err({ code: 'bad-request', detail: 'name' });
  const signed = await signedFor(people, input.by);
  if (!signed.ok) return signed;
  const pin = await people.makePin(input.pin);
  // Looked at again after the waiting: another may have been the first, or the last manager, meanwhile.
  const first = people.list().length === 0;
  const by = signed.value;
  if (!first && (by === null || people.find(by.name)?.role !== 'manager')) return notByManager();
  const known = people.find(input.name);
  const person: Person = { name: known?.name ?? input.name, role: first ? 'manager' : input.role };
  if (known?.role === 'manager' && person.role !== 'manager' && people.managers() === 1) {
    return err({ code: 'not-allowed', detail: 'last-manager' });
  }
  const written = desk.deps.stores.ledger.append(() => {
    people.put(person, pin);
    return { type: 'person-enrolled', body: { ...person, operator: by?.name ?? desk.operator } };
  });
  if (!written.ok) {
    desk.fault({ code: 'store-failed', detail: written.error.detail });
    return err({ code: 'store-failed', detail: written.error.detail });
  }
  desk.wakeSync();
  return ok({});
}

async function signedFor(
  people: People,
  by: CallInput<'people.enrol'>['by'],
): Promise<Result<Person | null, CallError>> {
  if (people.list().length === 0) return ok(null);
  if (by === null) return notByManager();
  const proven = await people.prove(by.name, by.pin);
  if (!proven.ok) return err(notProven(proven.error, 'by'));
  return proven.value.role === 'manager' ? ok(proven.value) : notByManager();
}

function notByManager(): Result<never, CallError> {
  return err({ code: 'not-allowed', detail: 'not-by-manager' });
}
