/**
 * Which way of predicting made a prediction: raised whenever the same runs may be given another probability. A report
 * that is kept says it beside the hash of its data, so that two reports can be compared.
 */
export const modelVersion = '1';
