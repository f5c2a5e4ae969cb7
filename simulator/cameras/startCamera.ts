import type { CameraKind, Login, SimulatedCamera } from './camera.ts';
import { dahuaStreamCamera } from './dahua.ts';
import { hikvisionPushCamera, hikvisionStreamCamera } from './hikvision.ts';
import { huaxiaPushCamera } from './huaxia.ts';
import { jsonPushCamera } from './jsonPush.ts';
import { onvifCamera } from './onvif.ts';
import { vzenithMqttCamera } from './vzenithMqtt.ts';
import { vzenithPushCamera } from './vzenithPush.ts';
import { vzenithTcpCamera } from './vzenithTcp.ts';

export interface StartCameraOptions {
  readonly kind: CameraKind;
  /** Where a camera that calls the station posts to, asked at each truck. */
  readonly url: () => string | null;
  /** Where a camera that is called listens; 0 takes any. */
  readonly port: number;
  readonly login: Login;
  /** Of the MQTT camera. */
  readonly brokerPort: number | null;
}

/** A camera that speaks as a real one of its kind. Rejects when its port or its broker cannot be had. */
export async function startCamera({
  kind,
  url,
  port,
  login,
  brokerPort,
}: StartCameraOptions): Promise<SimulatedCamera> {
  switch (kind) {
    case 'vzenith-push':
      return vzenithPushCamera(url);
    case 'hikvision-push':
      return hikvisionPushCamera(url);
    case 'huaxia-push':
      return huaxiaPushCamera(url);
    case 'json-push':
      return jsonPushCamera(url);
    case 'hikvision-stream':
      return hikvisionStreamCamera(port, login);
    case 'dahua-stream':
      return dahuaStreamCamera(port, login);
    case 'vzenith-tcp':
      return vzenithTcpCamera(port);
    case 'vzenith-mqtt':
      if (brokerPort === null) throw new Error('an MQTT camera needs a broker');
      return vzenithMqttCamera({ host: '127.0.0.1', port: brokerPort, login });
    case 'onvif':
      return onvifCamera({ port, login });
  }
}
