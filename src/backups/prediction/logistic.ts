/** The probability of log-odds. @example logistic(0) //=> 0.5 */
export const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
