#include "bin/metrics.h"

#include <gtest/gtest.h>

namespace majlis::bin {
namespace {

TEST(Metrics, CountersComeBackOutOfTheFileAndTheRestDoesNot) {
  Metrics metrics;
  metrics.delivered = 1;
  metrics.deferred = 22;
  metrics.failed = 333;
  metrics.jobs_finished = 4444;
  metrics.jobs_set_aside = UINT64_MAX;
  metrics.jobs_new = 9;
  metrics.last_run_s = 1.25;
  const Metrics read = Metrics::parse(metrics.text());
  EXPECT_EQ(read.delivered, 1U);
  EXPECT_EQ(read.deferred, 22U);
  EXPECT_EQ(read.failed, 333U);
  EXPECT_EQ(read.jobs_finished, 4444U);
  EXPECT_EQ(read.jobs_set_aside, UINT64_MAX);
  EXPECT_EQ(read.jobs_new, 0U);
}

TEST(Metrics, EverySampleStandsBehindItsHelpAndType) {
  const std::string text = Metrics().text();
  for (const char* name : {"majlis_recipients_total", "majlis_jobs_finished_total", "majlis_jobs_set_aside_total",
                           "majlis_queue_jobs", "majlis_queue_oldest_job_age_seconds",
                           "majlis_last_run_timestamp_seconds", "majlis_last_run_duration_seconds"}) {
    const std::size_t help = text.find("# HELP " + std::string(name) + " ");
    const std::size_t type = text.find("# TYPE " + std::string(name) + " ");
    const std::size_t sample = text.find("\n" + std::string(name));
    EXPECT_LT(help, type) << name;
    EXPECT_LT(type, sample) << name;
    EXPECT_NE(sample, std::string::npos) << name;
  }
}

TEST(Metrics, OfAFileThatIsCutOrForeignBeginAnew) {
  Metrics metrics;
  metrics.delivered = 12;
  const std::string text = metrics.text();
  for (std::size_t size = 0; size < text.size(); ++size) {
    const std::uint64_t delivered = Metrics::parse(text.substr(0, size)).delivered;
    EXPECT_TRUE(delivered == 0 || delivered == 1 || delivered == 12) << size;
  }
  EXPECT_EQ(Metrics::parse("majlis_recipients_total{outcome=\"delivered\"} -5\n").delivered, 0U);
}

}  // namespace
}  // namespace majlis::bin
