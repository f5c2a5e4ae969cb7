import type { Clause } from '../decision.ts';
import type { AxleLoadRules } from '../ruleSet.ts';

/** Permitted axle loads of GB 1589-2016. Not compared with an official copy yet. */
export const gb1589AxleLoads: AxleLoadRules = {
  confirmed: false,
  singleTyredKg: 7000,
  dualTyredKg: 10_000,
  driveKg: 11_500,
  tandem: [
    { fromMm: 0, kg: 11_500 },
    { fromMm: 1000, kg: 16_000 },
    { fromMm: 1300, kg: 18_000, airDriveKg: 19_000 },
    { fromMm: 1800, kg: 20_000, trailerOnly: true },
  ],
  tridem: [
    { fromMm: 0, kg: 21_000 },
    // 1,300 mm itself still belongs to the lower value.
    { fromMm: 1301, kg: 24_000 },
  ],
  clauses: ['art3-axle-sum', 'gb1589-axle-loads'],
};

export const gb1589Clauses: readonly Clause[] = [
  {
    id: 'gb1589-axle-loads',
    source: 'GB 1589-2016《汽车、挂车及汽车列车外廓尺寸、轴荷及质量限值》轴荷限值',
    textZh: '单轴、二轴组、三轴组的最大允许轴荷限值，按轮胎、悬架和轴距确定。',
    textEn: 'Permitted loads of single axles, tandems and tri-axle groups by tyres, suspension and spacing.',
  },
];
