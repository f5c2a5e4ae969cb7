import * as z from 'zod';
import {
  createModbusRtuDecoder,
  createModbusTcpDecoder,
  modbusRtuRequest,
  modbusTcpRequest,
} from './modbusFrames.ts';
import { FlintecOptions, flintecMap, LaumasOptions, laumasMap } from './modbusMaps.ts';
import { RegisterMap } from './modbusRegisters.ts';
import type { FrameDecoder } from './protocol.ts';

const UnitId = z.int().min(1).max(247).default(1);
/** Over TCP the device behind the address is often 0 or 255; no broadcast exists there. */
const TcpUnitId = z.int().min(0).max(255).default(1);

/** Any instrument whose registers are known: its map is the installer's. */
export const ModbusOptions = z.strictObject({ unitId: UnitId, map: RegisterMap.prefault({}) });
export const ModbusLaumasOptions = LaumasOptions.extend({ unitId: UnitId });
export const ModbusFlintecOptions = FlintecOptions.extend({ unitId: UnitId });

export const ModbusTcpOptions = ModbusOptions.extend({ unitId: TcpUnitId });
export const ModbusTcpLaumasOptions = ModbusLaumasOptions.extend({ unitId: TcpUnitId });
export const ModbusTcpFlintecOptions = ModbusFlintecOptions.extend({ unitId: TcpUnitId });

export interface ModbusPoll {
  readonly unitId: number;
  readonly map: RegisterMap;
}

export const modbusPoll = {
  mapped: (options: z.infer<typeof ModbusOptions>): ModbusPoll => options,
  laumas: (options: z.infer<typeof ModbusLaumasOptions>): ModbusPoll => ({
    unitId: options.unitId,
    map: laumasMap(options),
  }),
  flintec: (options: z.infer<typeof ModbusFlintecOptions>): ModbusPoll => ({
    unitId: options.unitId,
    map: flintecMap(options),
  }),
};

export interface ModbusWire {
  readonly request: (poll: ModbusPoll) => Uint8Array;
  readonly createDecoder: (poll: ModbusPoll) => FrameDecoder;
}

export const modbusRtu: ModbusWire = {
  request: ({ unitId, map }) => modbusRtuRequest(unitId, map),
  createDecoder: ({ unitId, map }) => createModbusRtuDecoder(unitId, map),
};

export const modbusTcp: ModbusWire = {
  request: ({ unitId, map }) => modbusTcpRequest(unitId, map),
  createDecoder: ({ unitId, map }) => createModbusTcpDecoder(unitId, map),
};
