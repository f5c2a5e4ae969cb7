import type { CameraRow } from '../../../station/contract.ts';
import type { CameraField } from '../../words/camerasZh.ts';

/** One camera as typed: every field is text until it is sent. */
export type CameraDraft = Readonly<Record<CameraField, string>> & {
  /** Settings of its kind that this form does not show; they go back as they came. */
  readonly rest: { readonly kind: string; readonly values: Readonly<Record<string, unknown>> };
};

const pushed: ReadonlySet<string> = new Set(['vzenith-push', 'hikvision-push', 'huaxia-push', 'json-push']);
const withLogin: ReadonlySet<string> = new Set(['hikvision-stream', 'dahua-stream', 'onvif', 'vzenith-mqtt']);

/** The fields a camera of this kind has. */
export function fieldsOf(kind: string): readonly CameraField[] {
  const common: readonly CameraField[] = ['id', 'label', 'kind', 'place', 'view'];
  const picture: readonly CameraField[] = [
    'picture',
    'pictureUser',
    'picturePassword',
    'pictureStream',
    'recognise',
  ];
  if (kind === 'picture') return [...common, ...picture];
  const plates: readonly CameraField[] = ['end', 'hears', 'serialNumbers'];
  if (pushed.has(kind)) return [...common, ...plates, 'allowFrom', ...picture];
  const login: readonly CameraField[] = withLogin.has(kind) ? ['user', 'passwordVariable'] : [];
  return [...common, ...plates, 'host', 'port', ...login, ...(own[kind] ?? []), ...picture];
}

/** What only this brand has. */
const own: Readonly<Record<string, readonly CameraField[]>> = {
  'hikvision-stream': ['channel'],
  'dahua-stream': ['channel', 'manager', 'events'],
};

export const emptyCamera: CameraDraft = {
  id: '',
  label: '',
  kind: 'hikvision-push',
  place: 'scale',
  end: 'front',
  hears: 'both',
  view: 'front',
  host: '',
  port: '',
  user: '',
  passwordVariable: '',
  allowFrom: '',
  serialNumbers: '',
  picture: '',
  pictureUser: '',
  picturePassword: '',
  pictureStream: '',
  channel: '',
  manager: 'snap',
  events: '',
  recognise: 'no',
  rest: { kind: '', values: {} },
};

const shown: ReadonlySet<string> = new Set(Object.keys(emptyCamera));

export function draftOfCamera({ settings }: CameraRow): CameraDraft {
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const list = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(' ') : '');
  const picture = asRecord(settings.picture);
  const port = picture.port === undefined || picture.port === 80 ? '' : `:${text(picture.port)}`;
  return {
    ...emptyCamera,
    id: text(settings.id),
    label: text(settings.label),
    kind: text(settings.kind),
    place: text(settings.place) || emptyCamera.place,
    end: text(settings.end) || emptyCamera.end,
    hears: text(settings.hears) || emptyCamera.hears,
    view: text(settings.view) || emptyCamera.view,
    host: text(settings.host),
    port: text(settings.port),
    user: text(settings.user),
    passwordVariable: text(settings.passwordVariable),
    allowFrom: list(settings.allowFrom),
    serialNumbers: list(settings.serialNumbers),
    picture: picture.host === undefined ? '' : `http://${text(picture.host)}${port}${text(picture.path)}`,
    pictureUser: text(picture.user),
    picturePassword: text(picture.passwordVariable),
    pictureStream: text(picture.stream),
    channel: text(settings.channel),
    manager: text(settings.manager) || emptyCamera.manager,
    events: list(settings.events),
    recognise: settings.recognise === true ? 'yes' : 'no',
    rest: {
      kind: text(settings.kind),
      values: Object.fromEntries(Object.entries(settings).filter(([name]) => !shown.has(name))),
    },
  };
}

/** As the settings file has it; the station says what is wrong with it. */
export function cameraOf(draft: CameraDraft): Record<string, unknown> {
  const has = new Set(fieldsOf(draft.kind));
  const words = (text: string): string[] => text.split(/[\s,，]+/).filter((word) => word !== '');
  const named = (field: CameraField, value: unknown): Record<string, unknown> =>
    has.has(field) ? { [field]: value } : {};
  const typed = (field: CameraField): Record<string, unknown> =>
    draft[field].trim() === '' ? {} : named(field, draft[field].trim());
  const counted = (field: CameraField): Record<string, unknown> =>
    draft[field].trim() === '' ? {} : named(field, Number(draft[field]));
  const picture = pictureOf(draft);
  return {
    ...(draft.rest.kind === draft.kind ? draft.rest.values : {}),
    id: draft.id.trim(),
    kind: draft.kind,
    place: draft.place,
    view: draft.view,
    ...typed('label'),
    ...named('end', draft.end),
    ...named('hears', draft.hears),
    ...typed('host'),
    ...counted('port'),
    ...counted('channel'),
    ...named('manager', draft.manager),
    ...(draft.events.trim() === '' ? {} : named('events', words(draft.events))),
    ...named('recognise', draft.recognise === 'yes'),
    ...typed('user'),
    ...typed('passwordVariable'),
    ...named('allowFrom', words(draft.allowFrom)),
    ...named('serialNumbers', words(draft.serialNumbers)),
    ...(picture === null ? {} : { picture }),
  };
}

/** Null when there is no address; one that is none is passed on for the station to refuse by name. */
function pictureOf({
  picture,
  pictureUser,
  picturePassword,
  pictureStream,
}: CameraDraft): Record<string, unknown> | null {
  const stream = pictureStream.trim();
  if ([picture.trim(), stream, pictureUser.trim(), picturePassword.trim()].every((typed) => typed === ''))
    return null;
  const read = /^http:\/\/([^/:\s]+)(?::(\d+))?(\/\S*)$/.exec(picture.trim());
  const user = pictureUser.trim();
  const variable = picturePassword.trim();
  return {
    host: read?.[1] ?? picture.trim(),
    path: read?.[3] ?? '',
    ...(read?.[2] === undefined ? {} : { port: Number(read[2]) }),
    ...(user === '' ? {} : { user }),
    ...(variable === '' ? {} : { passwordVariable: variable }),
    ...(stream === '' ? {} : { stream }),
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
