import PDFDocument from 'pdfkit';
import { chineseDateTime } from '../../station/chineseTime.ts';
import type { InstrumentLive } from '../../station/contract.ts';
import { modbusExceptionText } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { ok } from '../../station/result.ts';
import { protocolOptions } from '../instruments/indicatorConfig.ts';
import type { IndicatorConfig } from '../instruments/indicatorConfig.ts';
import { profileOf } from '../instruments/protocols/profiles.ts';
import { readFonts } from '../printers/fonts.ts';
import type { PrintFailure } from '../printers/printer.ts';

export interface ReportInput {
  readonly station: { readonly id: string; readonly name: string };
  readonly installer: string;
  readonly timeMs: number;
  readonly config: IndicatorConfig;
  readonly live: InstrumentLive;
}

const framesShown = 12;

/** 仪表接入测试报告: what was connected, how, what it said, and who held it against the display. */
export async function installerReport(input: ReportInput): Promise<Result<Uint8Array, PrintFailure>> {
  const fonts = await readFonts();
  if (!fonts.ok) return fonts;
  const pdf = new PDFDocument({
    font: '',
    size: 'A4',
    margin: 50,
    lang: 'zh-CN',
    info: {
      Title: '仪表接入测试报告',
      Producer: 'Yuanheng',
      Creator: 'Yuanheng',
      CreationDate: new Date(input.timeMs),
    },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    pdf.on('error', reject);
  });
  pdf.registerFont('regular', fonts.value.regular);
  pdf.registerFont('bold', fonts.value.bold);
  pdf.font('bold').fontSize(20).text('仪表接入测试报告', { align: 'center' });
  pdf.font('regular').fontSize(10).text('Indicator connection test report', { align: 'center' }).moveDown();
  for (const [label, value] of lines(input)) {
    pdf.font('bold').fontSize(11).text(`${label}  `, { continued: true }).font('regular').text(value);
    pdf.moveDown(0.3);
  }
  pdf.moveDown().font('bold').fontSize(11).text('最近收到的数据 Bytes last received');
  for (const { afterMs, hex } of input.live.bytes.slice(-framesShown)) {
    pdf
      .font('regular')
      .fontSize(9)
      .text(`${String(afterMs)} ms  ${hex.slice(0, 96)}`);
  }
  pdf.moveDown(2).font('regular').fontSize(11);
  pdf.text(`安装人员 Installer: ${input.installer}`).moveDown();
  pdf.text('签字 Signature: ______________________      使用单位 Yard: ______________________');
  pdf.end();
  return ok(await done);
}

function lines({ station, timeMs, config, live }: ReportInput): readonly (readonly [string, string])[] {
  const profile = profileOf(config.profile);
  const rejected = live.rejected.map(({ reason, count }) => `${reason} ${String(count)}`).join(', ');
  return [
    ['站点 Station', `${station.name} (${station.id})`],
    ['时间 Time (UTC+8)', chineseDateTime(timeMs)],
    ['仪表协议 Profile', `${profile.labelZh} ${profile.labelEn} (${profile.id})`],
    ['协议参数 Options', JSON.stringify(protocolOptions(config))],
    ['线路 Line', `${live.line} ${live.detail}`],
    ['单位、分度值 Unit, division', `${config.unit}, e = ${String(config.divisionKg)} kg`],
    ['最大、最小称量 Max, Min', `${String(config.maxKg)} kg, ${String(config.minKg)} kg`],
    ['检定有效期至 Verified until', config.verificationExpires ?? '—'],
    ['有效帧 Valid frames', `${String(live.valid)}, ${live.framesPerSecond.toFixed(1)} /s`],
    ['拒收 Rejected', rejected === '' ? '0' : rejected],
    ...(live.exception === null
      ? []
      : [
          [
            '仪表拒绝 Refuses',
            `${modbusExceptionText(live.exception, true)} / ${modbusExceptionText(live.exception, false)}`,
          ] as const,
        ]),
    ['仪表当前显示 Shows now', live.kg === null ? '—' : `${String(live.kg)} kg`],
    ['与设置不符 Disagrees', live.fault === null ? '—' : `${live.fault.kind} ${live.fault.detail}`],
    ...live.neighbours.map(({ name, address, state, kg, asked, answered }): readonly [string, string] => [
      '同线仪表 On the same cable',
      `${name} @${address}: ${state}, ${kg === null ? '—' : `${String(kg)} kg`}, ${String(answered)}/${String(asked)}`,
    ]),
  ];
}
