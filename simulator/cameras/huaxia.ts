import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import type { SimulatedCamera } from './camera.ts';
import { callingCamera } from './camera.ts';
import { gbk } from './gbk.ts';
import { post, resultOf } from './post.ts';
import { drillMark, serialNumber } from './snapshot.ts';
import { halfOf } from './vzenithPush.ts';

const colours: Readonly<Record<PlateColour, string>> = {
  blue: '蓝色',
  yellow: '黄色',
  black: '黑色',
  white: '白色',
  green: '绿色',
  'gradient-green': '渐变绿',
  'yellow-green': '黄绿',
  other: '未知',
};

function encoded(text: string, asGbk: boolean): string {
  if (!asGbk) return encodeURIComponent(text);
  return [...gbk(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

export function huaxiaPushCamera(url: () => string | null): SimulatedCamera {
  return callingCamera('huaxia-push', async ({ visit, atMs, picture }, mischief, stopped) => {
    const to = url();
    if (to === null) return 'no address';
    const shown = mischief === 'cut-picture' ? halfOf(picture) : picture;
    const base64 = shown === null ? '' : Buffer.from(shown).toString('base64');
    const fields: readonly (readonly [string, string])[] = [
      ['type', 'online'],
      ['plate_num', encoded(visit.cameraPlate ?? '无牌车', mischief === 'gbk')],
      ['plate_color', encoded(colours[visit.vehicle.colour], mischief === 'gbk')],
      ['start_time', String(Math.floor(atMs / 1000))],
      ['park_id', drillMark],
      ['cam_id', serialNumber],
      ['cam_ip', '127.0.0.1'],
      ['picture', base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '.')],
    ];
    const body = fields.map(([name, value]) => `${name}=${value}`).join('&');
    const posted = await post(to, 'application/x-www-form-urlencoded', body, stopped);
    if (posted.kind === 'answered' && posted.reply.includes('gpio_data'))
      return 'the answer moves the barrier';
    return resultOf(posted, '"error_num":"0"');
  });
}
