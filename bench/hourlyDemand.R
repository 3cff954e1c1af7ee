# Hourly electricity demand in the form that bench/forecasts.ts reads: 15 histories of 700 hours, and the 48 hours after each.
# The half-hours come with the R package forecast (Taylor 2003).
#
#     Rscript bench/hourlyDemand.R HOURS.jsonl AFTER.jsonl
files <- commandArgs(trailingOnly = TRUE)
hours <- rowSums(matrix(forecast::taylor, ncol = 2, byrow = TRUE))
line <- function(end, values, rest) sprintf('{"id":"H%d"%s,"values":[%s]}', end, rest, paste(values, collapse = ","))
ends <- seq(700, 1960, by = 90)
writeLines(sapply(ends, function(end) line(end, hours[(end - 699):end], ',"period":24')), files[1])
writeLines(sapply(ends, function(end) line(end, hours[(end + 1):(end + 48)], "")), files[2])
