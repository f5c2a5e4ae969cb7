import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines, readCapture, flatten } from './dahua/passage.ts';
import { readHikvisionPush } from './hikvision/push.ts';
import { readAlert } from './hikvision/anpr.ts';
import { readHuaxiaPush } from './huaxia/push.ts';
import { readJsonPush } from './json/push.ts';
import { readXml } from './bytes/xml.ts';
import type { Heard } from './heard.ts';
import { readMatches } from './onvif/discovery.ts';
import { readPlateMessages } from './onvif/plateMessage.ts';
import { testJpeg } from './testJpeg.ts';
import { readVzenithMessage } from './vzenith/mqtt.ts';
import { readVzenithPush } from './vzenith/push.ts';
import { readVzenithPacket } from './vzenith/tcp.ts';

/** GB 2312 of 晋C and 黄, as firmware writes it. */
const jin = Buffer.from([0xbd, 0xfa]);
const huang = Buffer.from([0xbb, 0xc6]);
const base64 = testJpeg().toString('base64');

function eventOf(heard: Heard): Extract<Heard, { kind: 'plate' }>['event'] {
  if (heard.kind !== 'plate') throw new Error(JSON.stringify(heard));
  return heard.event;
}

describe('Hikvision, the push measured on a DS-TCG405-E', () => {
  const xml = `<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
<ipAddress>192.168.100.248</ipAddress><macAddress>44:a6:42:f7:3a:21</macAddress>
<channelID>1</channelID><dateTime>2034-01-04T15:57:03+08:00</dateTime>
<activePostCount>17</activePostCount><eventType>ANPR</eventType><eventState>active</eventState>
<ANPR><country>59</country><licensePlate>蓝苏A8HK52</licensePlate><line>1</line>
<direction>reverse</direction><confidenceLevel>78</confidenceLevel>
<plateType>92TypeCivil</plateType><plateColor>blue</plateColor>
<plateCharBelieve>99,98,97,96,95,94,93</plateCharBelieve><vehicleType>buggy</vehicleType>
<vehicleInfo><vehicleType>1</vehicleType><color>unknown</color><speed>0</speed></vehicleInfo>
<pictureInfoList><pictureInfo><fileName>licensePlatePicture.jpg</fileName></pictureInfo></pictureInfoList></ANPR>
<UUID>46dd0716-1dd2-11b2-821f-8ba17e6f56b7</UUID><picNum>2</picNum>
<VehicleGATInfo><palteTypeByGAT>2</palteTypeByGAT></VehicleGATInfo></EventNotificationAlert>`;
  const boundary = '---------------------------7e13971310878';
  const part = (name: string, type: string, body: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}";filename="${name}"\r\n` +
          `Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`,
      ),
      body,
      Buffer.from('\r\n'),
    ]);
  const type = `multipart/form-data; boundary=${boundary}`;
  const parts = [
    part('anpr.xml', 'application/xml; charset="UTF-8"', Buffer.from(xml)),
    part('licensePlatePicture.jpg', 'image/pjpeg', testJpeg(200)),
    part('detectionPicture.jpg', 'image/pjpeg', testJpeg(800)),
  ];
  const end = Buffer.from(`--${boundary}--\r\n`);

  it('is read whole: plate without its colour, each character’s confidence, both pictures', () => {
    const heard = readHikvisionPush(type, Buffer.concat([...parts, end]));
    expect(heard).toMatchObject({
      kind: 'plate',
      flaws: [],
      event: {
        serialNumber: '44:a6:42:f7:3a:21',
        eventId: '46dd0716-1dd2-11b2-821f-8ba17e6f56b7',
        plate: {
          said: '蓝苏A8HK52',
          text: '苏A8HK52',
          wellFormed: true,
          colour: 'blue',
          confidencePercent: 78,
          characterPercents: [99, 98, 97, 96, 95, 94, 93],
        },
        direction: 'leaving',
        deviceTimeMs: Date.UTC(2034, 0, 4, 7, 57, 3),
        late: false,
      },
    });
    expect(eventOf(heard).pictures.map(({ role, bytes }) => [role, bytes.length])).toEqual([
      ['full', 806],
      ['plate', 206],
    ]);
  });

  it('is the same in any order of its parts', () => {
    const inOrder = readHikvisionPush(type, Buffer.concat([...parts, end]));
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: 3 }), (shuffled) => {
        expect(readHikvisionPush(type, Buffer.concat([...shuffled, end]))).toEqual(inOrder);
      }),
    );
  });

  it.each([
    ['a new-energy truck, whose colour it calls green', '绿晋C06618D', 'green', 'yellow-green'],
    ['a new-energy car', '绿晋CD12345', 'green', 'gradient-green'],
    ['a plate of the army as white', '白晋C12845', 'white', 'white'],
  ])('%s', (_, said, word, colour) => {
    const changed = xml.replace('蓝苏A8HK52', said).replace('>blue<', `>${word}<`);
    expect(eventOf(readHikvisionPush('application/xml', Buffer.from(changed))).plate?.colour).toBe(colour);
  });

  it('without a plate is a truck without a plate', () => {
    const unread = xml.replace('蓝苏A8HK52', 'unknown');
    expect(eventOf(readHikvisionPush('application/xml', Buffer.from(unread))).plate).toBeNull();
  });

  it.each([
    ['axleModel', '<axleModel>6</axleModel>', 6],
    ['no number in it', '<axleModel>unknown</axleModel>', null],
    ['more axles than a vehicle has', '<axleModel>77</axleModel>', null],
  ])('axles: %s', (_, inner, axles) => {
    expect(readAlert(Buffer.from(xml.replace('<line>', `${inner}<line>`)))).toMatchObject({
      event: { axles },
    });
  });

  it('GBK where UTF-8 is promised, with prefixed names', () => {
    const ascii =
      '<h:EventNotificationAlert xmlns:h="x"><h:eventType>ANPR</h:eventType><h:ANPR><h:licensePlate>';
    const bytes = Buffer.concat([
      Buffer.from(ascii),
      huang,
      jin,
      Buffer.from('C12845</h:licensePlate></h:ANPR></h:EventNotificationAlert>'),
    ]);
    expect(eventOf(readHikvisionPush('text/xml', bytes)).plate?.text).toBe('晋C12845');
  });
});

describe('XML that would hurt', () => {
  it.each([
    ['billion laughs', '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>', 'xml-with-entities'],
    [
      'a file of the machine',
      '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>',
      'xml-with-entities',
    ],
    ['a thousand deep', `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`, 'not-xml'],
    ['ten thousand wide', `<a>${'<b/>'.repeat(10_000)}</a>`, 'not-xml'],
    ['two million characters', `<a>${'x'.repeat(2_000_000)}</a>`, 'not-xml'],
    ['closed by another', '<a><b></a></b>', 'not-xml'],
    ['never closed', '<a><b>', 'not-xml'],
    ['no XML', 'hello', 'not-xml'],
    ['nothing', '', 'not-xml'],
  ])('%s is refused', (_, text, fault) => {
    expect(readXml(text)).toEqual({ ok: false, error: fault });
  });

  it('an entity nobody declared stays as it stands, and the five of XML are read', () => {
    const read = readXml('<a>&lt;&amp;&bomb;</a>');
    expect(read.ok && read.value.text).toBe('<&&bomb;');
  });

  it('of any text, gives a tree or a refusal and never throws', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="',
      '"/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&',
      '<?',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        readXml(pieces.join(''));
      }),
    );
  });
});

describe('Dahua', () => {
  const measured = `Events[0].EventBaseInfo.Code=TrafficCarMeasurement
Events[0].EventBaseInfo.Action=Pulse
Events[0].GroupID=123
Events[0].CountInGroup=3
Events[0].IndexInGroup=1
Events[0].UTC=1670842479
Events[0].UTCMS=123
Events[0].Object.Text=AC00003
Events[0].TrafficCar.PlateNumber=AC00003
Events[0].VehicleDirection=Head
Events[0].PlateInfo.FrontPlateNumber=AC00003
Events[0].PlateInfo.FrontPlateColor=Blue
Events[0].PlateInfo.BackPlateNumber=AC00004
Events[0].CarWeightInfo.AxleNum=3
Events[0].CarWeightInfo.AxleWeightInfo[0]=3000
Events[0].CarWeightInfo.AxleWeightInfo[1]=4100
Events[0].CarWeightInfo.TotalWeight=3000`;

  it('the documented TrafficCarMeasurement: both plates, axles and their loads', () => {
    expect(readCapture(readLines(measured)!)).toMatchObject({
      group: '123',
      pictures: 3,
      event: {
        eventId: '1670842479123/123',
        plate: { text: 'AC00003', wellFormed: false, colour: 'blue' },
        rearPlate: { text: 'AC00004' },
        direction: 'approaching',
        deviceTimeMs: 1_670_842_479_123,
        axles: 3,
        axleLoadsKg: [3000, 4100],
      },
    });
  });

  it('the same as JSON', () => {
    const json = {
      GroupID: 123,
      UTC: 1_670_842_479,
      TrafficCar: { PlateNumber: '晋C·12845', PlateColor: 'YellowbottomBlackText' },
      CarWeightInfo: { AxleNum: 3, AxleWeightInfo: [3000, 4100] },
    };
    expect(readCapture(flatten(json)!)?.event).toMatchObject({
      plate: { said: '晋C·12845', text: '晋C12845', colour: 'yellow' },
      axleLoadsKg: [3000, 4100],
    });
  });

  it('an event that is of no vehicle is none', () => {
    expect(
      readCapture(readLines('Events[0].EventBaseInfo.Code=VideoMotion\r\nEvents[0].Index=0')!),
    ).toBeNull();
  });
});

describe('Vzenith', () => {
  const pushed = (more: object): Buffer =>
    Buffer.from(
      JSON.stringify({
        AlarmInfoPlate: {
          channel: 0,
          deviceName: 'R5-V1.0',
          ipaddr: '192.168.55.131',
          result: {
            PlateResult: {
              license: '粤Z9065澳',
              colorType: 4,
              type: 14,
              confidence: 96,
              direction: 0,
              timeStamp: { Timeval: { decyear: 2023, sec: 1_686_299_994, usec: 687_772 } },
              plateid: 21_085,
              isoffline: 0,
              triggerType: 4,
              imageFile: base64,
              imageFragmentFile: '',
              ...more,
            },
          },
          serialno: 'fe71e106-57263272',
          user_data: '',
        },
      }),
    );

  it('the push of the manufacturer’s text', () => {
    expect(readVzenithPush(pushed({}))).toMatchObject({
      kind: 'plate',
      flaws: [],
      event: {
        serialNumber: 'fe71e106-57263272',
        eventId: '21085/1686299994',
        plate: { text: '粤Z9065澳', wellFormed: true, colour: 'black', confidencePercent: 96 },
        deviceTimeMs: 1_686_299_994_688,
        pictures: [{ role: 'full' }],
        late: false,
      },
    });
  });

  it('no plate, and one from its buffer', () => {
    expect(eventOf(readVzenithPush(pushed({ license: '_无_', isoffline: 1 })))).toMatchObject({
      plate: null,
      late: true,
    });
  });

  it('the heartbeat, which carries the camera’s password, is a sign of life and nothing of it is told', () => {
    const form = Buffer.from(
      'device_name=R5&ipaddr=1.2.3.4&user_name=admin&pass_wd=geheim&serialno=fe71&channel_num=1',
    );
    expect(readVzenithPush(form)).toEqual({ kind: 'alive', deviceTimeMs: null });
  });

  it.each([
    ['a web page', '<html>', 'html-answer'],
    ['no JSON', '{"a":', 'not-json'],
    ['another object', '{"a":1}', 'not-a-plate-event'],
    ['a hundred thousand brackets', '['.repeat(100_000), 'not-json'],
  ])('%s', (_, text, fault) => {
    expect(readVzenithPush(Buffer.from(text))).toMatchObject({ kind: 'bad', fault });
  });

  it('over MQTT the plate is base64; other messages are signs of life', () => {
    const message = (license: string): Buffer =>
      Buffer.from(
        JSON.stringify({
          id: '1',
          sn: 'fe71e106-57263272',
          name: 'ivs_result',
          version: '1.0',
          timestamp: 1_784_098_020,
          payload: {
            AlarmInfoPlate: {
              serialno: 'fe71e106-57263272',
              result: {
                PlateResult: {
                  license,
                  colorType: 2,
                  type: 3,
                  confidence: 97,
                  plateid: 7,
                  full_image_content: base64,
                },
              },
            },
          },
        }),
      );
    const topic = 'device/fe71e106-57263272/message/up/ivs_result';
    for (const license of [Buffer.from('晋C12845').toString('base64'), '晋C12845']) {
      expect(eventOf(readVzenithMessage(topic, message(license)))).toMatchObject({
        serialNumber: 'fe71e106-57263272',
        plate: { text: '晋C12845', colour: 'yellow' },
        pictures: [{ role: 'full' }],
      });
    }
    expect(readVzenithMessage('device/x/message/up/keep_alive', Buffer.from('no matter'))).toMatchObject({
      kind: 'alive',
    });
  });

  it('over TCP the text is GB 2312 and the pictures follow it', () => {
    const json = (size: number): Buffer =>
      Buffer.concat([
        Buffer.from(
          `{"cmd":"ivs_result","fullImgSize":${size},"clipImgSize":${size},"PlateResult":{"license":"`,
        ),
        jin,
        Buffer.from('C12845","colorType":2,"type":3,"confidence":97,"plateid":21085}}\0'),
      ]);
    const jpeg = testJpeg();
    const whole = readVzenithPacket(Buffer.concat([json(jpeg.length), jpeg, jpeg]));
    expect(whole).toMatchObject({ flaws: [], event: { plate: { text: '晋C12845' } } });
    expect(eventOf(whole).pictures.map(({ role }) => role)).toEqual(['full', 'plate']);
    // Sizes that lie cost the pictures.
    expect(readVzenithPacket(Buffer.concat([json(9_000_000), jpeg, jpeg]))).toMatchObject({
      flaws: ['bad-picture', 'bad-picture'],
      event: { plate: { text: '晋C12845' }, pictures: [] },
    });
  });
});

describe('华夏智信', () => {
  const coded = base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '.');
  const form = (more: string): Buffer =>
    Buffer.from(
      `type=online&plate_num=%E6%99%8BC12845&plate_color=%E9%BB%84%E8%89%B2&start_time=1700000000&cam_id=CB7E2A&picture=${coded}${more}`,
    );

  it('a plate with its picture', () => {
    expect(readHuaxiaPush(form(''))).toMatchObject({
      flaws: [],
      event: {
        serialNumber: 'CB7E2A',
        plate: { text: '晋C12845', colour: 'yellow' },
        deviceTimeMs: 1_700_000_000_000,
        pictures: [{ role: 'full' }],
        late: false,
      },
    });
  });

  it('from its buffer, a heartbeat, and GBK', () => {
    const late = Buffer.from(form('').toString().replace('type=online', 'type=offline'));
    expect(eventOf(readHuaxiaPush(late)).late).toBe(true);
    expect(readHuaxiaPush(Buffer.from('type=heartbeat&cam_id=CB7E2A'))).toMatchObject({ kind: 'alive' });
    const gbk = Buffer.from('type=online&plate_num=%BD%FAC12845&plate_color=%BB%C6&start_time=1&cam_id=1');
    expect(eventOf(readHuaxiaPush(gbk)).plate).toMatchObject({ text: '晋C12845', colour: 'yellow' });
  });

  it.each([
    ['no form', 'hello', 'not-a-form'],
    ['a thousand fields', 'a=1&'.repeat(1000), 'not-a-form'],
    ['another form', 'a=1&b=2', 'not-a-plate-event'],
  ])('%s', (_, text, fault) => {
    expect(readHuaxiaPush(Buffer.from(text))).toMatchObject({ kind: 'bad', fault });
  });
});

describe('the station’s own push', () => {
  it('says field by field what is wrong', () => {
    const heard = readJsonPush(Buffer.from('{"plate":"晋C12845","colour":"gelb","confidencePercent":140}'));
    expect(heard).toMatchObject({ kind: 'bad', fault: 'not-a-plate-event' });
    expect(heard.kind === 'bad' && heard.detail).toMatch(/eventId: .*colour: .*confidencePercent: /);
  });

  it('takes a rear plate, axles and their loads', () => {
    const body = {
      eventId: '1',
      plate: '晋C12845',
      colour: 'yellow',
      characterPercents: [99, 99, 99, 40, 99, 99, 99],
      rear: { plate: '晋C1234挂', colour: 'yellow' },
      axles: 6,
      axleLoadsKg: [6000, 8000],
    };
    expect(eventOf(readJsonPush(Buffer.from(JSON.stringify(body))))).toMatchObject({
      plate: { characterPercents: [99, 99, 99, 40, 99, 99, 99] },
      rearPlate: { text: '晋C1234挂' },
      axles: 6,
      axleLoadsKg: [6000, 8000],
    });
  });
});

describe('ONVIF', () => {
  const message = (topic: string, data: string): Heard[] => {
    const xml =
      `<s:Body xmlns:s="s"><tev:PullMessagesResponse><wsnt:NotificationMessage><wsnt:Topic>${topic}</wsnt:Topic>` +
      '<wsnt:Message><tt:Message UtcTime="2026-03-09T02:00:00Z" PropertyOperation="Initialized"><tt:Source>' +
      `<tt:SimpleItem Name="VideoSource" Value="1"/></tt:Source><tt:Data>${data}</tt:Data></tt:Message>` +
      '</wsnt:Message></wsnt:NotificationMessage></tev:PullMessagesResponse></s:Body>';
    const read = readXml(xml);
    if (!read.ok) throw new Error(read.error);
    return [...readPlateMessages(read.value)];
  };

  it('the standard’s own example', () => {
    const [heard] = message(
      'tns1:RuleEngine/Recognition/LicensePlate',
      '<tt:ElementItem Name="LicensePlateInfo"><tt:LicensePlateInfo><tt:PlateNumber Likelihood="0.9">6DZG261' +
        '</tt:PlateNumber></tt:LicensePlateInfo></tt:ElementItem>',
    );
    expect(eventOf(heard!)).toMatchObject({
      plate: { text: '6DZG261', confidencePercent: 90, colour: 'other' },
      deviceTimeMs: Date.UTC(2026, 2, 9, 2),
    });
  });

  it('a vendor’s topic with a simple item, and no other topics', () => {
    const item = '<tt:SimpleItem Name="Plate" Value="晋C12845"/>';
    const [heard] = message('tnsaxis:CameraApplicationPlatform/LPR', item);
    expect(eventOf(heard!).plate?.text).toBe('晋C12845');
    expect(message('tns1:VideoSource/MotionAlarm', item)).toEqual([]);
  });

  it('who answers a probe; a stranger’s datagram is nobody', () => {
    const xml =
      '<e:Envelope xmlns:e="e"><e:Body><d:ProbeMatches><d:ProbeMatch><d:Scopes>onvif://www.onvif.org/name/DS%2DTCG ' +
      'onvif://www.onvif.org/hardware/TCG406</d:Scopes><d:XAddrs>http://192.168.1.64/onvif/device_service ftp://x' +
      '</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>';
    expect(readMatches(Buffer.from(xml), '192.168.1.64')).toEqual([
      {
        from: '192.168.1.64',
        name: 'DS-TCG',
        hardware: 'TCG406',
        addresses: ['http://192.168.1.64/onvif/device_service'],
      },
    ]);
    expect(readMatches(Buffer.from('hello'), '10.0.0.1')).toEqual([]);
  });
});

describe('whatever arrives', () => {
  const readers: readonly (readonly [string, (bytes: Uint8Array) => Heard])[] = [
    ['Hikvision', (bytes) => readHikvisionPush('multipart/form-data; boundary=x', bytes)],
    ['Hikvision XML', (bytes) => readHikvisionPush('application/xml', bytes)],
    ['Vzenith', readVzenithPush],
    ['Vzenith TCP', (bytes) => readVzenithPacket(Buffer.from(bytes))],
    ['Vzenith MQTT', (bytes) => readVzenithMessage('a/ivs_result', bytes)],
    ['华夏智信', readHuaxiaPush],
    ['json', readJsonPush],
  ];

  it.each(readers)('%s: is an event, a sign of life or a fault, and never an exception', (_, read) => {
    const arbitrary = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .string()
        .map((text) => Buffer.from(`{"AlarmInfoPlate":{"result":{"PlateResult":${JSON.stringify(text)}}}}`)),
    );
    fc.assert(
      fc.property(arbitrary, (bytes) => {
        expect(['plate', 'alive', 'bad']).toContain(read(bytes).kind);
      }),
    );
  });
});
