import * as z from 'zod';
import { PersonRole } from '../../station/ledger/people.ts';
import { nameKey } from '../../station/nameKey.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Db } from '../store/database.ts';
import type { PinHash } from './pins.ts';
import { hashPin, pinFits } from './pins.ts';
import { Tries } from './tries.ts';

export interface Person {
  readonly name: string;
  readonly role: PersonRole;
}

const StoredPerson = z.object({
  name: z.string(),
  role: PersonRole,
  salt: z.instanceof(Uint8Array),
  hash: z.instanceof(Uint8Array),
});
type StoredPerson = z.infer<typeof StoredPerson>;

/** `wrong`: no such person, or not this PIN; nobody is told which. */
export type NotProven = 'wrong' | 'wait';

/** Who may sign, with their PINs as salted hashes. Nothing secret of them leaves this table. */
export class People {
  readonly #db: Db;
  readonly #tries: Tries;

  constructor(db: Db, monotonicMs: () => number) {
    this.#db = db;
    this.#tries = new Tries(monotonicMs);
  }

  list(): Person[] {
    return this.#all().map(({ name, role }) => ({ name, role }));
  }

  find(name: string): Person | null {
    return this.#stored(name);
  }

  managers(): number {
    return this.#all().filter(({ role }) => role === 'manager').length;
  }

  /** Proves that whoever knows this PIN is the person of this name. */
  async prove(name: string, pin: string): Promise<Result<Person, NotProven>> {
    const wasRight = this.#tries.begin(nameKey(name));
    if (wasRight === null) return err('wait');
    const stored = this.#stored(name);
    if (!(await pinFits(pin, stored)) || stored === null) return err('wrong');
    wasRight();
    return ok({ name: stored.name, role: stored.role });
  }

  readonly makePin = hashPin;

  /** Runs inside the transaction of the ledger event that says so. An enrolled name keeps its spelling. */
  put(person: Person, pin: PinHash): void {
    const before = this.#stored(person.name);
    this.#db
      .prepare(
        `INSERT INTO people (name, role, salt, pin_hash) VALUES (?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET role = excluded.role, salt = excluded.salt, pin_hash = excluded.pin_hash`,
      )
      .run(before?.name ?? person.name, person.role, Buffer.from(pin.salt), Buffer.from(pin.hash));
  }

  #stored(name: string): StoredPerson | null {
    const key = nameKey(name);
    return this.#all().find((each) => nameKey(each.name) === key) ?? null;
  }

  #all(): readonly StoredPerson[] {
    const rows = this.#db
      .prepare('SELECT name, role, salt, pin_hash AS hash FROM people ORDER BY name')
      .all();
    return rows.map((row) => StoredPerson.parse(row));
  }
}
