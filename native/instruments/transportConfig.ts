import * as z from 'zod';

const UsbId = z.string().regex(/^[0-9a-fA-F]{4}$/);

/** How long a line may bring nothing before it is opened anew: drivers do lose a close event. */
const QuietMs = z.int().min(500).max(600_000).default(5000);
const OpenTimeoutMs = z.int().min(100).max(60_000).default(5000);

export const SerialConfig = z
  .strictObject({
    kind: z.literal('serial'),
    /** `/dev/ttyUSB0`, `COM3`; may be left out when the adapter is named by its USB identity. */
    path: z.string().min(1).max(256).optional(),
    /** The adapter is found again by this after it was plugged into another socket. */
    usb: z
      .strictObject({
        vendorId: UsbId,
        productId: UsbId,
        serialNumber: z.string().min(1).max(128).optional(),
      })
      .optional(),
    baudRate: z.int().min(300).max(460_800).default(9600),
    dataBits: z.literal([7, 8]).default(8),
    parity: z.enum(['none', 'even', 'odd']).default('none'),
    stopBits: z.literal([1, 2]).default(1),
    /** Left as the system sets them unless stated: some indicators reset when they move. */
    rts: z.boolean().optional(),
    dtr: z.boolean().optional(),
    quietMs: QuietMs,
    openTimeoutMs: OpenTimeoutMs,
  })
  .refine((config) => config.path !== undefined || config.usb !== undefined, {
    message: 'a serial line needs a path or a USB identity',
    path: ['path'],
  });
export type SerialConfig = z.infer<typeof SerialConfig>;

export const TcpConfig = z.strictObject({
  kind: z.literal('tcp'),
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65_535),
  quietMs: QuietMs,
  openTimeoutMs: OpenTimeoutMs,
});
export type TcpConfig = z.infer<typeof TcpConfig>;

const Address = z.union([z.ipv4(), z.ipv6()]);

/** A serial server that calls us: only the named senders are heard, one at a time. */
export const TcpServerConfig = z.strictObject({
  kind: z.literal('tcp-server'),
  host: z.string().min(1).max(255).default('0.0.0.0'),
  port: z.int().min(0).max(65_535),
  allowFrom: z.array(Address).min(1).max(16),
  quietMs: QuietMs,
  openTimeoutMs: OpenTimeoutMs,
});
export type TcpServerConfig = z.infer<typeof TcpServerConfig>;

/** Datagrams from the named senders; requests of polled instruments go to `peer`. */
export const UdpConfig = z.strictObject({
  kind: z.literal('udp'),
  host: z.string().min(1).max(255).default('0.0.0.0'),
  port: z.int().min(0).max(65_535),
  allowFrom: z.array(Address).min(1).max(16),
  peer: z
    .strictObject({ host: Address, port: z.int().min(1).max(65_535) })
    .nullable()
    .default(null),
  quietMs: QuietMs,
  openTimeoutMs: OpenTimeoutMs,
});
export type UdpConfig = z.infer<typeof UdpConfig>;

export const TransportConfig = z.discriminatedUnion('kind', [
  SerialConfig,
  TcpConfig,
  TcpServerConfig,
  UdpConfig,
]);
export type TransportConfig = z.infer<typeof TransportConfig>;
