import mqtt from 'mqtt';
import type { CameraMischief, Login, SimulatedCamera } from './camera.ts';
import { gbk } from './gbk.ts';
import { drillMark, serialNumber } from './snapshot.ts';
import { halfOf, plateResult } from './vzenithPush.ts';

export interface Broker {
  readonly host: string;
  readonly port: number;
  readonly login: Login | null;
}

const connectTimeoutMs = 5000;

/** Publishes what it sees to a broker. Rejects when the broker does not take it. */
export async function vzenithMqttCamera(
  { host, port, login }: Broker,
  heartbeatMs = 1000,
): Promise<SimulatedCamera> {
  const client = await mqtt.connectAsync({
    host,
    port,
    protocol: 'mqtt',
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: 500,
    ...(login === null ? {} : { username: login.user, password: login.password }),
  });
  client.on('error', () => undefined);
  let mischief: CameraMischief = 'none';
  const publish = async (name: string, payload: unknown): Promise<void> => {
    const text = JSON.stringify({
      id: String(Date.now()),
      sn: serialNumber,
      name,
      version: '1.0',
      timestamp: Math.floor(Date.now() / 1000),
      payload,
    });
    await client.publishAsync(
      `device/${serialNumber}/message/up/${name}`,
      mischief === 'gbk' ? gbk(text) : Buffer.from(text),
    );
  };
  const beat = setInterval(() => {
    if (mischief === 'silent' || !client.connected) return;
    publish('keep_alive', { body: {} }).catch(() => undefined);
  }, heartbeatMs);
  const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
  return {
    kind: 'vzenith-mqtt',
    port: null,
    see: async (snapshot) => {
      const { picture } = snapshot;
      const shown = mischief === 'cut-picture' ? halfOf(picture) : picture;
      if (mischief === 'silent') return 'taken';
      try {
        await publish('ivs_result', {
          AlarmInfoPlate: {
            deviceName: drillMark,
            serialno: serialNumber,
            user_data: base64(drillMark),
            result: {
              PlateResult: {
                ...plateResult(snapshot, base64),
                full_image_content: shown === null ? '' : Buffer.from(shown).toString('base64'),
                small_image_content: '',
              },
            },
          },
        });
        return 'taken';
      } catch (problem) {
        return problem instanceof Error ? problem.message : String(problem);
      }
    },
    misbehave: (next) => {
      mischief = next;
    },
    failedLogins: () => 0,
    restart: () => {
      client.reconnect();
    },
    close: async () => {
      clearInterval(beat);
      await client.endAsync(true);
    },
  };
}
