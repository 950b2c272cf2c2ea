#include "lists/site/config/overruled.h"

#include <algorithm>
#include <array>

#include "lists/site/config/config_fault.h"

namespace majlis::lists {
namespace {

using S = Setting;

enum class While { is_set, is, is_not };

// `loser` has no effect while `winner` says so, unless `unless` is set, which then has; `loses` is the one value that
// has none, "" for any.
struct Precedence {
  Setting loser;
  Setting winner;
  While state;
  std::string_view value = {};  // of the winner
  std::optional<Setting> unless = {};
  std::string_view loses = {};
};

constexpr std::array kPrecedence = {
    Precedence{S::reply_to_mode, S::reply_to, While::is_set},
    Precedence{S::moderators, S::moderator, While::is_set},
    // lists/posts/rules/standing.cc
    Precedence{S::post_access, S::restrict_post, While::is_set, "", {}, "open"},
    Precedence{S::restrict_post, S::post_access, While::is, "closed"},
    Precedence{S::nonmember_posts, S::post_access, While::is, "open", S::restrict_post},
    Precedence{S::admin_headers, S::administrivia, While::is, "no"},
    Precedence{S::admin_body, S::administrivia, While::is, "no"},
    Precedence{S::html_remote, S::html, While::is_not, "clean"},
    Precedence{S::anonymous_text, S::anonymous, While::is, "no"},
    Precedence{S::dmarc, S::anonymous, While::is, "yes"},
    Precedence{S::dmarc_from, S::anonymous, While::is, "yes"},
    Precedence{S::dmarc_from, S::dmarc, While::is, "none"},
    Precedence{S::antivirus_action, S::antivirus, While::is, "no"},
    Precedence{S::scanner_down, S::antivirus, While::is, "no"},
    Precedence{S::verp_probe_days, S::verp, While::is_not, "probe"},
    Precedence{S::verp_interval, S::verp, While::is_not, "always"},
    Precedence{S::bounce_threshold, S::bounce_processing, While::is, "no"},
    Precedence{S::bounce_delay_days, S::bounce_processing, While::is, "no"},
    Precedence{S::bounce_stale_days, S::bounce_processing, While::is, "no"},
    Precedence{S::bounce_warnings, S::bounce_processing, While::is, "no"},
    Precedence{S::bounce_warning_days, S::bounce_processing, While::is, "no"},
    Precedence{S::bounce_unsigned, S::bounce_processing, While::is, "no"},
    Precedence{S::bounce_unrecognized, S::bounce_processing, While::is, "no"},
};

bool asks_for_something(const ListConfig& config, Setting setting) {
  return config.is_set(setting) && config.text(setting) != spec_of(setting).default_value;
}

bool wins(const ListConfig& config, const Precedence& row) {
  if (row.unless && config.is_set(*row.unless)) return false;
  if (!row.loses.empty() && config.text(row.loser) != row.loses) return false;
  if (row.state == While::is_set) return config.is_set(row.winner);
  return (config.text(row.winner) == row.value) == (row.state == While::is);
}

Phrase phrase_of(const ListConfig& config, const Precedence& row) {
  const std::string winner(spec_of(row.winner).name);
  if (row.state == While::is_set) return fault(FaultId::overruled_by_any, {{"setting", winner}});
  return fault(FaultId::overruled_by_value, {{"setting", winner}, {"value", config.text(row.winner)}});
}

}  // namespace

std::optional<Phrase> overruled(const ListConfig& config, Setting setting) {
  if (!asks_for_something(config, setting)) return std::nullopt;
  const auto row = std::find_if(kPrecedence.begin(), kPrecedence.end(),
                                [&](const Precedence& each) { return each.loser == setting && wins(config, each); });
  return row == kPrecedence.end() ? std::nullopt : std::optional(phrase_of(config, *row));
}

std::vector<Setting> newly_overruled(const ListConfig& before, const ListConfig& now) {
  std::vector<Setting> settings;
  for (const SettingSpec& spec : all_settings()) {
    const bool is_changed = before.text(spec.setting) != now.text(spec.setting);
    if (overruled(now, spec.setting) && (is_changed || !overruled(before, spec.setting))) {
      settings.push_back(spec.setting);
    }
  }
  return settings;
}

}  // namespace majlis::lists
