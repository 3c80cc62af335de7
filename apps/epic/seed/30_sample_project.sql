-- A project with three scenes, a picture for the first one, and a job that waits.
insert into projects (id, user_id, title, description, config)
values
  ('demo-project', 'demo-user-id', 'The lighthouse', 'A short story in three scenes.',
   '{"aspect_ratio": "9:16",
     "template": {"name": "classic", "transitions": "fade", "transition_duration": 500, "background_music": true, "bgm_volume": -18},
     "voice": {"type": "natural", "speed": 1.0, "language": "zh-TW", "accent": "taiwan"},
     "generation": {"images_per_scene": 1, "image_quality": "standard", "retry_attempts": 3, "timeout_seconds": 300, "smart_crop": true},
     "safety": {"content_policy": "standard", "blocked_words": [], "error_strategy": "skip", "adult_content": "block", "violence_filter": true}}')
on conflict do nothing;

insert into assets (id, user_id, type, uri, metadata, size_bytes)
values
  ('demo-asset-1', 'demo-user-id', 'IMAGE', 'assets/demo/lighthouse.png', '{"width": 1080, "height": 1920}', 204800)
on conflict do nothing;

insert into scenes (id, project_id, scene_index, text, prompt, image_asset_id)
values
  ('demo-scene-1', 'demo-project', 0, 'At the edge of the sea stands an old lighthouse that nobody has lit for years.',
   'an old lighthouse at dusk, calm sea', 'demo-asset-1'),
  ('demo-scene-2', 'demo-project', 1, 'One evening a girl climbs the stairs with a lamp, because her father is still out there.',
   'a girl with a lamp on spiral stairs', null),
  ('demo-scene-3', 'demo-project', 2, 'The light wanders over the water, and far away a small boat turns towards the shore.',
   'a beam of light over dark water, a small boat', null)
on conflict do nothing;

insert into jobs (id, project_id, config)
values
  ('demo-job', 'demo-project', '{"steps": ["images", "speech", "render"]}')
on conflict do nothing;
