export interface EvidenceWords {
  readonly export: string;
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly make: string;
  readonly working: string;
  readonly made: (weighings: number, megabytes: string) => string;
  readonly missing: (files: number) => string;
  readonly place: string;
  readonly tooLarge: string;
}

export const evidenceZh: EvidenceWords = {
  export: '导出证据包',
  period: '按日期导出证据包',
  from: '从（日期）',
  to: '到（日期）',
  make: '导出',
  working: '正在导出……过磅不受影响',
  made: (weighings, megabytes) => `已导出：${String(weighings)} 次过磅，${megabytes} MB，已记入账本`,
  missing: (files) => `注意：有 ${String(files)} 个文件本站已经没有了`,
  place: '文件在磅房电脑上',
  tooLarge: '文件太大，不在这里下载，请到磅房电脑上拷贝',
};

export const evidenceEn: EvidenceWords = {
  export: 'Evidence bundle',
  period: 'Evidence by day',
  from: 'From (day)',
  to: 'To (day)',
  make: 'Export',
  working: 'Exporting… weighing goes on',
  made: (weighings, megabytes) =>
    `Exported: ${String(weighings)} weighings, ${megabytes} MB; written into the ledger`,
  missing: (files) => `Note: ${String(files)} files are not on this station any more`,
  place: 'The file lies on the station’s computer at',
  tooLarge: 'Too large to download here: copy it from the station’s computer',
};
