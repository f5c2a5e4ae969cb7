import type {
  BeamPlace,
  BeamState,
  CurveFlag,
  Moment,
  CredentialKind,
  EmissionStage,
  LimitKind,
  Load,
  CallError,
  DeviceView,
  FactName,
  Fault,
  LanePhase,
  NextStep,
  Outcome,
  PlateColour,
  ReasonCode,
  SyncView,
  VehicleClass,
  WeighingKind,
  WeightView,
} from '../../station/contract.ts';
import type { uiZh } from './uiZh.ts';

type NoWeight = Extract<WeightView, { kind: 'none' }>['why'];

export type UiWord = keyof typeof uiZh;

/** Every word of the screens; English has the same shape, so a missing word does not compile. */
export interface Words {
  readonly phases: Readonly<Record<LanePhase, string>>;
  readonly next: Readonly<Record<NextStep, string>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly kinds: Readonly<Record<WeighingKind, string>>;
  readonly reasons: Readonly<Record<ReasonCode, string>>;
  readonly facts: Readonly<Record<FactName, string>>;
  readonly classes: Readonly<Record<VehicleClass, string>>;
  readonly colours: Readonly<Record<PlateColour, string>>;
  readonly devices: Readonly<Record<DeviceView['kind'], string>>;
  readonly deviceStates: Readonly<Record<DeviceView['state'], string>>;
  readonly sync: Readonly<Record<SyncView['state'], string>>;
  readonly rowSync: Readonly<Record<'off' | 'waiting' | 'delivered' | 'set-aside', string>>;
  readonly faults: Readonly<Record<Fault['code'], string>>;
  readonly errors: Readonly<Record<CallError['code'], string>>;
  readonly noWeight: Readonly<Record<NoWeight, string>>;
  readonly ui: Readonly<Record<UiWord, string>>;
  readonly load: Readonly<Record<keyof Load, string>>;
  readonly emissions: Readonly<Record<EmissionStage, string>>;
  readonly limitKinds: Readonly<Record<LimitKind, string>>;
  readonly credentials: Readonly<Record<CredentialKind, string>>;
  readonly moments: Readonly<Record<Moment['what'], string>>;
  readonly beamPlaces: Readonly<Record<BeamPlace, string>>;
  readonly beamStates: Readonly<Record<BeamState, string>>;
  readonly curveFlags: Readonly<Record<CurveFlag['code'], string>>;
  /** A refusal that weight is not the reason of. */
  readonly refused: string;
  readonly attempt: (nth: number, before: string, over: string) => string;
  readonly mayLoad: (amount: string) => string;
  readonly over: (amount: string) => string;
  /** More than its contract has left, and no overload of any kind. */
  readonly overContract: (amount: string) => string;
  readonly aimAt: (amount: string) => string;
  /** Of a truck that may not leave whatever it weighs. */
  readonly barred: string;
  readonly waiting: (count: number) => string;
  readonly axles: (count: number) => string;
}
