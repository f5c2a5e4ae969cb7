import { useState } from 'react';
import type {
  CallError,
  StatedPapers,
  TruckView,
  VehicleClass,
  VehicleFacts,
} from '../../../station/contract.ts';
import {
  carriesItself,
  licenceDue,
  spacingsOf,
  spacingsText,
  vehicleClasses,
} from '../../../station/contract.ts';
import { PlateMark } from '../../components/PlateMark.tsx';
import { SheetFoot } from '../../components/SheetFoot.tsx';
import { useWords } from '../../store/preferences.ts';
import { station, useStation } from '../../store/station.ts';
import { offeredLayouts } from './layouts.ts';
import { PapersFields } from './PapersFields.tsx';
import { wholeOrNull } from './wholeOrNull.ts';

const axleCounts = [2, 3, 4, 5, 6, 7, 8] as const;

/** What the law must know of a vehicle, asked once with the licence in hand and kept in the register. */
export function VehicleForm({
  truck,
  done,
}: {
  readonly truck: TruckView;
  readonly done: () => void;
}): React.JSX.Element {
  const words = useWords();
  const { plate, colour, ask, trailerPlate } = truck;
  const [facts, setFacts] = useState<VehicleFacts>(truck.facts);
  const [papers, setPapers] = useState<StatedPapers>(truck.papers);
  const [trailerPapers, setTrailerPapers] = useState<StatedPapers>(truck.trailerPapers);
  const [spacings, setSpacings] = useState(spacingsText(truck.facts.groupSpacingsMm) ?? '');
  const [error, setError] = useState<CallError | null>(null);
  const set = (change: Partial<VehicleFacts>): void => {
    const next = { ...facts, ...change };
    const offered = offeredLayouts(next.vehicleClass, next.axles);
    const kept = next.layout !== null && offered.includes(next.layout) ? next.layout : null;
    const [only] = offered;
    if (next.axles !== facts.axles || next.layout !== facts.layout) setSpacings('');
    setFacts({ ...next, layout: kept ?? (offered.length === 1 ? (only ?? null) : null) });
  };
  const layouts = offeredLayouts(facts.vehicleClass, facts.axles);
  const asked = useStation(({ view }) => view?.licencesAsked ?? null);
  const stated = { unit: truck.unit, facts, trailerPlate };
  const due = licenceDue(stated, asked ?? { gross: false, load: false });
  const dueGross = due.gross && facts.registeredGrossKg === null;
  const toRead = [
    ...ask.filter((fact) => fact !== 'registeredGross').map((fact) => words.facts[fact]),
    ...(dueGross ? [words.facts.registeredGross] : []),
    ...(due.ownLoad && papers.licenceLoadKg === null ? [words.ui.licenceLoad] : []),
    ...(due.trailerLoad && trailerPapers.licenceLoadKg === null
      ? [`${words.ui.licenceLoad} ${trailerPlate ?? ''}`]
      : []),
  ];
  return (
    <form
      className="sheet"
      aria-label={words.ui.stateVehicle}
      onSubmit={(event) => {
        event.preventDefault();
        const groupSpacingsMm = spacingsOf(spacings.trim() === '' ? null : spacings, facts.layout);
        const read = { ...facts, groupSpacingsMm };
        const trailer = trailerPlate === null ? null : { plate: trailerPlate, papers: trailerPapers };
        void station
          .call('vehicle.state', { plate, colour, facts: read, papers, trailer })
          .then((written) => {
            if (written.ok) done();
            else setError(written.error);
          });
      }}
    >
      <h2>
        {words.ui.stateVehicle} <PlateMark plate={plate} colour={colour} />
      </h2>
      <small>{`${words.ui.askedOnce}${toRead.length === 0 ? '' : `: ${toRead.join(' · ')}`}`}</small>
      <Choices
        legend={words.ui.axleCount}
        options={axleCounts}
        value={facts.axles}
        text={String}
        autoFocus
        choose={(axles) => {
          set({ axles });
        }}
      />
      <Choices<VehicleClass>
        legend={words.ui.class}
        options={vehicleClasses}
        value={facts.vehicleClass}
        text={(each) => words.classes[each]}
        choose={(vehicleClass) => {
          set({ vehicleClass });
        }}
      />
      {layouts.length > 0 && (
        <Choices
          legend={words.ui.layout}
          options={layouts}
          value={facts.layout}
          text={(each) => each}
          choose={(layout) => {
            setFacts({ ...facts, layout });
          }}
        />
      )}
      <Choices<1 | 2>
        legend={words.ui.driveAxles}
        options={[1, 2]}
        value={facts.driveAxles}
        text={String}
        choose={(driveAxles) => {
          setFacts({ ...facts, driveAxles });
        }}
      />
      <label className={dueGross ? 'number due' : 'number'}>
        {words.ui.registeredGross}
        <input
          inputMode="numeric"
          pattern="[0-9]{0,6}"
          title={words.ui.wholeNumber}
          defaultValue={facts.registeredGrossKg ?? ''}
          onChange={(event) => {
            setFacts({ ...facts, registeredGrossKg: wholeOrNull(event.target.value) });
          }}
        />
      </label>
      <PapersFields
        of="vehicle"
        load={due.ownLoad ? 'due' : carriesItself(stated) ? 'asked' : 'none'}
        loadLabel={facts.vehicleClass === 'articulated' ? words.ui.trailerLicenceLoad : words.ui.licenceLoad}
        papers={papers}
        set={setPapers}
      />
      {trailerPlate !== null && (
        <fieldset className="trailer-papers">
          <legend>{`${words.ui.trailerPlate} ${trailerPlate}`}</legend>
          <PapersFields
            of="trailer"
            load={due.trailerLoad ? 'due' : 'asked'}
            loadLabel={words.ui.licenceLoad}
            papers={trailerPapers}
            set={setTrailerPapers}
          />
        </fieldset>
      )}
      <details>
        <summary>{words.ui.more}</summary>
        <label className="number">
          {words.ui.singleTyred}
          <input
            inputMode="numeric"
            pattern="[0-9]{0,6}"
            title={words.ui.wholeNumber}
            defaultValue={facts.singleTyredAxles}
            onChange={(event) => {
              setFacts({ ...facts, singleTyredAxles: wholeOrNull(event.target.value) ?? 0 });
            }}
          />
        </label>
        <label className="number">
          {words.ui.trailerSpacing}
          <input
            inputMode="numeric"
            pattern="[0-9]{0,6}"
            title={words.ui.wholeNumber}
            defaultValue={facts.trailerAxleSpacingMm ?? ''}
            onChange={(event) => {
              setFacts({ ...facts, trailerAxleSpacingMm: wholeOrNull(event.target.value) });
            }}
          />
        </label>
        <label className="number">
          {words.ui.groupSpacings}
          <input
            pattern={spacingsPattern(facts.layout)}
            title={words.ui.groupSpacingsHint}
            value={spacings}
            onChange={(event) => {
              setSpacings(event.target.value);
            }}
          />
        </label>
        <label>
          <input
            type="checkbox"
            checked={facts.wideTyres}
            onChange={(event) => {
              setFacts({ ...facts, wideTyres: event.target.checked });
            }}
          />
          {words.ui.wideTyres}
        </label>
        <label>
          <input
            type="checkbox"
            checked={facts.airSuspension}
            onChange={(event) => {
              setFacts({ ...facts, airSuspension: event.target.checked });
            }}
          />
          {words.ui.airSuspension}
        </label>
      </details>
      <SheetFoot error={error} cancel={done} />
    </form>
  );
}

/** As many as the layout has groups. */
function spacingsPattern(layout: string | null): string {
  const more = Math.max(0, (layout ?? '1').split('+').length - 1);
  const one = '(0|[3-9][0-9]{2}|[1-4][0-9]{3}|5000)';
  return `${one}([+]${one}){${String(more)}}`;
}

function Choices<T extends string | number>({
  legend,
  options,
  value,
  text,
  choose,
  autoFocus = false,
}: {
  readonly legend: string;
  readonly options: readonly T[];
  readonly value: T | null;
  readonly text: (option: T) => string;
  readonly choose: (option: T) => void;
  readonly autoFocus?: boolean;
}): React.JSX.Element {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {options.map((option, index) => (
        <label key={option} className={option === value ? 'chosen' : ''}>
          <input
            type="radio"
            name={legend}
            autoFocus={autoFocus && index === 0}
            checked={option === value}
            onChange={() => {
              choose(option);
            }}
          />
          {text(option)}
        </label>
      ))}
    </fieldset>
  );
}
