#include "bin/flush_display.h"

#include "base/text.h"

namespace majlis::bin {
namespace {

constexpr std::chrono::milliseconds kTerminalPause{100};
constexpr std::chrono::seconds kLinePause{10};
constexpr std::size_t kMaxNameOctets = 60;
constexpr const char* kClearLine = "\r\x1B[K";

std::string text_of(const spool::FlushProgress& progress, std::chrono::steady_clock::duration passed) {
  std::string text = progress.list.empty() ? progress.job : printable(progress.list, kMaxNameOctets);
  text += ": " + std::to_string(progress.job_done);
  if (progress.job_recipients) text += "/" + std::to_string(*progress.job_recipients);
  text += "; delivered " + std::to_string(progress.delivered) + ", deferred " + std::to_string(progress.deferred) +
          ", failed " + std::to_string(progress.failed);
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(passed).count();
  if (ms > 0) text += "; " + std::to_string(progress.delivered * 1000 / static_cast<std::uint64_t>(ms)) + "/s";
  return text;
}

}  // namespace

std::string FlushDisplay::show(const spool::FlushProgress& progress, Moment now) {
  const bool is_terminal = style_ == Style::terminal;
  const std::chrono::steady_clock::duration pause = is_terminal ? kTerminalPause : kLinePause;
  const bool is_due = now - shown_.value_or(start_) >= pause;
  if (!is_due && (is_terminal || !progress.is_job_over)) return {};
  shown_ = now;
  const std::string text = text_of(progress, now - start_);
  return is_terminal ? kClearLine + text : text + "\n";
}

std::string FlushDisplay::end() const { return style_ == Style::terminal && shown_ ? kClearLine : ""; }

}  // namespace majlis::bin
