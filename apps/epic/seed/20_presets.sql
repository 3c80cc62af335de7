-- The three presets every user starts with.
insert into presets (id, user_id, name, is_default, config)
values
  ('demo-preset-classic-clean', 'demo-user-id', 'Classic Clean', true,
   '{"template": {"name": "classic", "transitions": "fade", "transition_duration": 500, "background_music": true, "bgm_volume": -18}}'),
  ('demo-preset-dark-glass', 'demo-user-id', 'Dark Glass', false,
   '{"template": {"name": "dark", "transitions": "zoom", "transition_duration": 800, "background_music": true, "bgm_volume": -20}}'),
  ('demo-preset-vivid-gradient', 'demo-user-id', 'Vivid Gradient', false,
   '{"template": {"name": "vivid", "transitions": "fade", "transition_duration": 600, "background_music": true, "bgm_volume": -16}}')
on conflict do nothing;
