/**
 * What a Modbus device means when it answers that it will not, and what to do about it: the codes of the application
 * protocol (MODBUS V1.1b3, clause 7).
 */
const modbusExceptions: Readonly<Record<number, { readonly zh: string; readonly en: string }>> = {
  1: {
    zh: '不支持这个功能码：换另一个功能码（寄存器 3 或 4，开关量 2 或 1）',
    en: 'illegal function: use the other function code (registers 3 or 4, inputs 2 or 1)',
  },
  2: {
    zh: '没有这个地址：核对首地址（线上地址从 0 起，40001 填 0、10001 填 0）和个数',
    en: 'illegal address: check first address (0 on the wire is 40001 or 10001) and count',
  },
  3: {
    zh: '数值不允许：减少一次读取的个数，或核对设备手册',
    en: 'illegal value: read fewer at once, or see the device’s manual',
  },
  4: {
    zh: '设备内部故障：看设备面板上的报警，断电重启，仍不行就更换',
    en: 'device failure: look at its alarms, switch it off and on, replace it',
  },
  5: { zh: '设备还在处理：加大询问间隔', en: 'still working on it: ask less often' },
  6: {
    zh: '设备忙：加大询问间隔，看是否另有程序在读它',
    en: 'busy: ask less often; does another program read it?',
  },
  8: {
    zh: '设备存储器校验错：断电重启，仍不行就更换',
    en: 'memory parity error: switch it off and on, replace it',
  },
  10: {
    zh: '网关不通：核对网关里的站号、串口设置',
    en: 'gateway has no path: check its unit numbers and serial settings',
  },
  11: {
    zh: '网关后面的设备没有应答：核对站号、接线、波特率，设备是否通电',
    en: 'nobody answers behind the gateway: check unit number, wiring, baud rate, power',
  },
};

/** The code with its meaning, in Chinese or English; any byte may arrive as a code. */
export function modbusExceptionText(code: number, chinese: boolean): string {
  const number = String(code).padStart(2, '0');
  const known = modbusExceptions[code];
  if (known === undefined) {
    return chinese ? `异常码 ${number}：请查设备手册` : `exception ${number}: see the device’s manual`;
  }
  return chinese ? `异常码 ${number} ${known.zh}` : `exception ${number}, ${known.en}`;
}
