import { assertNever } from '../assertNever.ts';
import type { ReasonCode } from '../limits/decision.ts';

/** What a driver reads of a reason. */
export function reasonWords(code: ReasonCode): string {
  switch (code) {
    case 'overload':
      return '车货总质量超过限值';
    case 'above-other-limit':
      return '车货总质量超过轴荷、行驶证、道路桥梁或本场限重';
    case 'net-above-licence-load':
      return '净重超过核定载质量';
    case 'no-plate':
      return '车辆无号牌';
    case 'plates-disagree':
      return '前后号牌不一致';
    case 'blacklisted':
      return '车辆在黑名单';
    case 'credential-expired':
      return '证件已过期';
    case 'credential-missing':
      return '证件未登记';
    case 'emission-below':
      return '排放阶段低于本场要求';
    case 'emission-unknown':
      return '排放阶段未登记';
    case 'quota-used-up':
      return '超过合同数量';
    case 'contract-not-in-force':
      return '合同不在有效期内';
    case 'contract-unknown':
      return '合同未登记';
    case 'goods-unconfirmed':
      return '本次货物未确认';
    case 'destination-unknown':
      return '目的地未登记';
    case 'destination-missing':
      return '目的地未填写';
    case 'driver-unknown':
      return '驾驶员未登记';
    case 'driver-missing':
      return '驾驶员未填写';
    case 'rear-plate-unclear':
      return '后部号牌未看清';
    case 'axle-count-disagrees':
      return '实测轴数与登记不符';
    case 'axle-loads-unjudged':
      return '轴荷无法判定';
    case 'tare-drifted':
      return '皮重与以往相差过大';
    case 'curve-suspicious':
      return '过磅曲线可疑';
    case 'trailer-disagrees':
      return '挂车号牌与登记不符';
    case 'axles-unknown':
      return '轴数未登记';
    case 'layout-disagrees':
      return '轴组与轴数不符';
    case 'no-rule-for-vehicle':
      return '该车型没有适用的限值';
    case 'no-rule-set-in-force':
      return '当日没有生效的限值规则';
    case 'licence-load-unknown':
      return '核定载质量未登记';
    case 'licence-gross-unknown':
      return '行驶证总质量未登记';
    case 'gross-below-tare':
      return '毛重小于皮重';
    case 'tare-missing':
      return '没有有效皮重';
    case 'below-minimum':
      return '低于衡器最小称量';
    case 'above-maximum':
      return '超过衡器最大称量';
    case 'not-from-zero':
      return '上磅前衡器未回零';
    case 'zero-not-seen':
      return '上磅前未见衡器处于零位';
    case 'beam-broken':
      return '称重时光栅被遮挡，车辆可能未完全上磅';
    case 'beam-unknown':
      return '称重时光栅无信号，不能确认车辆完全上磅';
    case 'indicator-disagrees':
      return '仪表显示与设置不符';
    case 'verification-expired':
      return '衡器检定已过期';
    case 'settings-invalid':
      return '站点设置有误';
    case 'clock-backwards':
      return '时钟曾倒走';
    case 'key-unusable':
      return '站点签名密钥不可用';
    case 'ledger-contradicted':
      return '本机账本与外部锚点不符';
    default:
      return assertNever(code);
  }
}
