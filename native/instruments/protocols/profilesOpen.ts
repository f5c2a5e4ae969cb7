import type * as z from 'zod';
import { createCustomDecoder, createCustomFrameReader, CustomOptions } from './custom.ts';
import type { ModbusPoll, ModbusWire } from './modbus.ts';
import {
  ModbusFlintecOptions,
  ModbusLaumasOptions,
  ModbusOptions,
  ModbusTcpFlintecOptions,
  ModbusTcpLaumasOptions,
  ModbusTcpOptions,
  modbusPoll,
  modbusRtu,
  modbusTcp,
} from './modbus.ts';
import type { ProtocolProfile } from './profile.ts';
import { defineProfile } from './profile.ts';

function modbus<S extends z.ZodType>(
  labels: readonly [string, string],
  makers: readonly string[],
  wire: ModbusWire,
  options: S,
  pollOf: (options: z.output<S>) => ModbusPoll,
): ProtocolProfile {
  return defineProfile({
    labels,
    makers,
    line: { baudRates: [9600, 19_200, 38_400, 4800, 115_200], framings: ['8N1', '8E1', '8O1', '8N2'] },
    mode: 'modbus',
    selfFraming: wire === modbusRtu ? 'checksum' : 'fixed-form',
    options,
    createDecoder: (checked) => wire.createDecoder(pollOf(checked)),
    pollRequest: (checked) => wire.request(pollOf(checked)),
  });
}

const { mapped, laumas, flintec } = modbusPoll;

export const openProfiles = {
  custom: defineProfile({
    labels: ['自定义格式', 'Custom frame'],
    makers: [],
    mode: 'stream',
    selfFraming: 'weak',
    directionAmbiguous: true,
    options: CustomOptions,
    createDecoder: createCustomDecoder,
    createReader: createCustomFrameReader,
  }),
  'modbus-rtu': modbus(
    ['Modbus RTU 自定义寄存器', 'Modbus RTU, own map'],
    [],
    modbusRtu,
    ModbusOptions,
    mapped,
  ),
  'modbus-tcp': modbus(
    ['Modbus TCP 自定义寄存器', 'Modbus TCP, own map'],
    [],
    modbusTcp,
    ModbusTcpOptions,
    mapped,
  ),
  'laumas-rtu': modbus(
    ['Laumas TLB/TLU Modbus RTU', 'Laumas TLB/TLU Modbus RTU'],
    ['Laumas'],
    modbusRtu,
    ModbusLaumasOptions,
    laumas,
  ),
  'laumas-tcp': modbus(
    ['Laumas TLB/TLU Modbus TCP', 'Laumas TLB/TLU Modbus TCP'],
    ['Laumas'],
    modbusTcp,
    ModbusTcpLaumasOptions,
    laumas,
  ),
  'flintec-rtu': modbus(
    ['Flintec FT-112 Modbus RTU', 'Flintec FT-112 Modbus RTU'],
    ['Flintec'],
    modbusRtu,
    ModbusFlintecOptions,
    flintec,
  ),
  'flintec-tcp': modbus(
    ['Flintec FT-112 Modbus TCP', 'Flintec FT-112 Modbus TCP'],
    ['Flintec'],
    modbusTcp,
    ModbusTcpFlintecOptions,
    flintec,
  ),
} as const satisfies Record<string, ProtocolProfile>;
